// Where the parts of a posting list lie; the grammar is in `PostingsWriter.swift`.

/// Numbers that writer and readers of posting lists share.
enum PostingsLayout {
  /// Blocks of a group, which has an entry of its own in the skip table.
  static let blocksOfGroup = 32
  /// A tail with fewer occurrences keeps its positions as varints.
  static let varintRun = 8
  /// Most patches of a block's frequencies.
  static let frequencyPatches = 15
}

/// The parts of one block, from its header.
///
/// Invariant, checked by `init`: all parts lie within the block's bytes.
@safe
struct BlockParts {
  /// The lowest number that the first document may have.
  let base: UInt32
  /// The last document, less the base.
  let span: UInt32
  let frequencyBits: Int
  let frequencyPatches: Int
  let documents: UnsafePointer<UInt8>
  let frequencies: UnsafePointer<UInt8>
  /// The patches of frequencies.
  let patches: UnsafePointer<UInt8>

  static let headerLength = 2
  static let frequencyPatchLength = 2

  /// Nil when the parts do not fill the block's `length` bytes.
  @inline(__always)
  init?(_ block: UnsafePointer<UInt8>, length: Int, base: UInt32, span: UInt32) {
    guard length >= Self.headerLength else { return nil }
    self.base = base
    self.span = span
    frequencyBits = unsafe Int(block[0])
    frequencyPatches = unsafe Int(block[1])
    let documentsLength = AscendingCodec.length(span: span)
    unsafe documents = block + Self.headerLength
    unsafe frequencies = documents + documentsLength
    unsafe patches = frequencies + 16 * frequencyBits
    let rest = 16 * frequencyBits + Self.frequencyPatchLength * frequencyPatches
    guard frequencyBits <= 32, frequencyPatches <= PostingsLayout.frequencyPatches,
      length == Self.headerLength + documentsLength + rest
    else { return nil }
  }

  /// 64-bit words of a set of bits; 0 for codes.
  @inline(__always)
  var words: Int { AscendingCodec.words(span: span) }

  /// Unpacks the frequencies.
  func decodeFrequencies(into frequencies: UnsafeMutablePointer<UInt32>) {
    if frequencyBits == 0 {
      unsafe frequencies.update(repeating: 1, count: BlockCodec.count)
    } else {
      unsafe BlockCodec.unpack(self.frequencies, bits: frequencyBits, into: frequencies)
      for place in 0..<BlockCodec.count { unsafe frequencies[place] &+= 1 }
    }
    var patch = unsafe patches
    for _ in 0..<frequencyPatches {
      let place = unsafe Int(patch[0] & 127)
      unsafe frequencies[place] &+= UInt32(patch[1]) << UInt32(frequencyBits)
      unsafe patch += Self.frequencyPatchLength
    }
  }

  /// One frequency, without unpacking the others.
  ///
  /// - Precondition: `0 <= place < 128`.
  @inline(__always)
  func frequency(at place: Int) -> UInt32 {
    var value = unsafe BlockCodec.value(frequencies, bits: frequencyBits, at: place) &+ 1
    if frequencyPatches > 0 {
      var patch = unsafe patches
      for _ in 0..<frequencyPatches {
        if unsafe Int(patch[0] & 127) == place { value = unsafe value &+ UInt32(patch[1]) << UInt32(frequencyBits) }
        unsafe patch += Self.frequencyPatchLength
      }
    }
    return value
  }

  /// Unpacks the documents. False when they are not ascending numbers from the base on, up to the last.
  func decodeDocuments(into documents: UnsafeMutablePointer<UInt32>) -> Bool {
    unsafe AscendingCodec.unpack(self.documents, base: base, span: span, into: documents)
  }

  /// Whether a set of bits is one of a block's documents.
  @inline(__always)
  var isBitSet: Bool { unsafe AscendingCodec.isBitSet(documents, span: span) }
}
