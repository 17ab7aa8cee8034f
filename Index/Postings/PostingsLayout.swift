// Where the parts of a posting list lie; the grammar is in `PostingsWriter.swift`.

/// Numbers that writer and readers of posting lists share.
enum PostingsLayout {
  /// Blocks of a group, which has an entry of its own in the skip table.
  static let blocksOfGroup = 32
  /// A tail with fewer occurrences keeps its positions as varints.
  static let varintRun = 8
}

/// The parts of one block, from its header.
///
/// Invariant, checked by `init`: all parts lie within the block's bytes.
@safe
struct BlockParts {
  /// Width of gaps; 0 for a bit set.
  let gapBits: Int
  /// 64-bit words of a bit set; 0 for gaps.
  let words: Int
  let frequencyBits: Int
  let documentPatches: Int
  let frequencyPatches: Int
  let documents: UnsafePointer<UInt8>
  let frequencies: UnsafePointer<UInt8>
  /// The patches of documents, then those of frequencies.
  let patches: UnsafePointer<UInt8>

  static let headerLength = 3
  static let documentPatchLength = 3
  static let frequencyPatchLength = 2

  /// Nil when the parts do not fill the block's `length` bytes.
  @inline(__always)
  init?(_ block: UnsafePointer<UInt8>, length: Int) {
    guard length >= Self.headerLength else { return nil }
    let code = unsafe block[0]
    words = code & 0x80 == 0 ? 0 : Int(code & 0x7F)
    gapBits = code & 0x80 == 0 ? Int(code) : 0
    frequencyBits = unsafe Int(block[1])
    let patches = unsafe block[2]
    documentPatches = Int(patches & 15)
    frequencyPatches = Int(patches >> 4)
    let documentsLength = 8 * words + 16 * gapBits
    unsafe documents = block + Self.headerLength
    unsafe frequencies = documents + documentsLength
    unsafe self.patches = frequencies + 16 * frequencyBits
    let rest = Self.documentPatchLength * documentPatches + Self.frequencyPatchLength * frequencyPatches
    guard gapBits <= 32, frequencyBits <= 32, code & 0x80 == 0 || (words > 0 && documentPatches == 0),
      length == Self.headerLength + documentsLength + 16 * frequencyBits + rest
    else { return nil }
  }

  /// Unpacks the frequencies.
  func decodeFrequencies(into frequencies: UnsafeMutablePointer<UInt32>) {
    if frequencyBits == 0 {
      unsafe frequencies.update(repeating: 1, count: BlockCodec.count)
    } else {
      unsafe BlockCodec.unpack(self.frequencies, bits: frequencyBits, into: frequencies)
      for place in 0..<BlockCodec.count { unsafe frequencies[place] &+= 1 }
    }
    var patch = unsafe patches + Self.documentPatchLength * documentPatches
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
      var patch = unsafe patches + Self.documentPatchLength * documentPatches
      for _ in 0..<frequencyPatches {
        if unsafe Int(patch[0] & 127) == place { value = unsafe value &+ UInt32(patch[1]) << UInt32(frequencyBits) }
        unsafe patch += Self.frequencyPatchLength
      }
    }
    return value
  }

  /// Unpacks the documents. False when they are not ascending numbers up to `last`.
  func decodeDocuments(previous: UInt32, last: UInt32, into documents: UnsafeMutablePointer<UInt32>) -> Bool {
    if words > 0 {
      guard unsafe BlockCodec.expand(self.documents, words: words, base: previous &+ 1, into: documents) else {
        return false
      }
    } else if documentPatches == 0 {
      unsafe BlockCodec.unpackAscending(self.documents, bits: gapBits, previous: previous, into: documents)
      // Gaps of up to 22 bits cannot carry a sum of 128 of them past 2^32 and back to `last`.
      if gapBits > 22, !(unsafe isAscending(documents, after: previous)) { return false }
    } else {
      unsafe BlockCodec.unpack(self.documents, bits: gapBits, into: documents)
      var sum: UInt64 = 128 << UInt64(gapBits)
      var patch = unsafe patches
      for _ in 0..<documentPatches {
        let place = unsafe Int(patch[0] & 127)
        let high = unsafe UInt64(UInt32(patch[1]) | UInt32(patch[2]) << 8) << UInt64(gapBits)
        unsafe documents[place] |= UInt32(truncatingIfNeeded: high)
        sum += high
        unsafe patch += Self.documentPatchLength
      }
      unsafe BlockCodec.ascend(documents, previous: previous)
      if sum >= 1 << 31, !(unsafe isAscending(documents, after: previous)) { return false }
    }
    return unsafe documents[BlockCodec.count - 1] == last
  }

  /// Whether a set of bits counted from `base` has 128 members, the highest of which is `last`.
  @inline(__always)
  func isBitSet(base: UInt32, last: UInt32) -> Bool {
    guard last >= base, Int(last - base) < 64 * words else { return false }
    return unsafe BlockCodec.isBitSet(documents, words: words, highest: last - base)
  }

  /// Hands over the runs of neighbours of a block whose gaps have no bits, but for patches, as they lie behind `base`.
  @inline(__always)
  func forEachRun(from base: UInt32, _ body: (_ start: UInt32, _ length: UInt32) -> Void) {
    var start = base
    var at: UInt32 = 0
    var patch = unsafe patches
    for _ in 0..<documentPatches {
      let place = unsafe UInt32(patch[0] & 127)
      body(start, place &- at)
      start = unsafe start &+ (place &- at) &+ (UInt32(patch[1]) | UInt32(patch[2]) << 8)
      at = place
      unsafe patch += Self.documentPatchLength
    }
    body(start, UInt32(BlockCodec.count) &- at)
  }

  /// Whether the gaps of a block without bits are runs that reach from `base` to `last`, one behind another.
  @inline(__always)
  func areRuns(base: UInt32, last: UInt32) -> Bool {
    guard gapBits == 0, words == 0, last >= base else { return false }
    var length = UInt64(BlockCodec.count)
    var before = -1
    var patch = unsafe patches
    for _ in 0..<documentPatches {
      let place = unsafe Int(patch[0] & 127)
      if place <= before { return false }
      before = place
      length += unsafe UInt64(patch[1]) | UInt64(patch[2]) << 8
      unsafe patch += Self.documentPatchLength
    }
    return length == UInt64(last - base) + 1
  }

  /// `previous` is the last document of the block before, `UInt32.max` where there is none.
  private func isAscending(_ documents: UnsafeMutablePointer<UInt32>, after previous: UInt32) -> Bool {
    if previous != .max, unsafe documents[0] <= previous { return false }
    for place in 1..<BlockCodec.count where unsafe documents[place - 1] >= documents[place] { return false }
    return true
  }
}
