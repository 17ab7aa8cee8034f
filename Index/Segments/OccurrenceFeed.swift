// From the occurrences of a term to its postings.

/// Takes occurrences apart into documents, frequencies and distances of positions, without a branch on whether an
/// occurrence is in the document of the one before.
///
/// Invariants: `buffers` has room for ``bufferLength`` integers and outlives the feed; `last` is the place in `documents`
/// of the document that may go on, -1 before the first, and at most `2 * piece - 1`.
@safe
struct OccurrenceFeed {
  /// Occurrences that are taken apart in one go.
  static let piece = BlockCodec.count
  /// Integers in the buffers: documents and frequencies of two pieces, distances of one.
  static let bufferLength = 5 * piece

  private let writer: PostingsWriter
  private let hasPositions: Bool
  private let documents: UnsafeMutablePointer<UInt32>
  private let frequencies: UnsafeMutablePointer<UInt32>
  private let deltas: UnsafeMutablePointer<UInt32>
  private var last = -1
  /// No document has the number that it starts with.
  private var document = UInt32.max
  private var frequency: UInt32 = 0
  private var position: UInt32 = 0

  /// Feeds the term that the writer has begun.
  init(writer: PostingsWriter, hasPositions: Bool, buffers: UnsafeMutablePointer<UInt32>) {
    self.writer = writer
    self.hasPositions = hasPositions
    unsafe documents = buffers
    unsafe frequencies = documents + 2 * Self.piece
    unsafe deltas = frequencies + 2 * Self.piece
  }

  /// Adds occurrences, each a document in the upper half and a position in the lower, ascending.
  mutating func take(_ run: UnsafeBufferPointer<UInt64>) {
    var start = 0
    while start < run.count {
      let count = min(Self.piece, run.count - start)
      for i in 0..<count {
        let occurrence = unsafe run[start + i]
        let of = UInt32(truncatingIfNeeded: occurrence >> 32)
        let at = UInt32(truncatingIfNeeded: occurrence)
        let goesOn = of == document
        last &+= goesOn ? 0 : 1
        frequency = (goesOn ? frequency : 0) &+ 1
        unsafe documents[last] = of
        unsafe frequencies[last] = frequency
        unsafe deltas[i] = at &- (goesOn ? position : 0)
        document = of
        position = at
      }
      if hasPositions { unsafe writer.add(positionDeltas: deltas, count: count) }
      if last >= Self.piece {
        unsafe writer.add(documents: documents, frequencies: frequencies, count: last)
        unsafe documents[0] = document
        unsafe frequencies[0] = frequency
        last = 0
      }
      start += count
    }
  }

  /// Adds the last document.
  mutating func finish() {
    unsafe writer.add(documents: documents, frequencies: frequencies, count: last + 1)
    last = -1
  }
}
