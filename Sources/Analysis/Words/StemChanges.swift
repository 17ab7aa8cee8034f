// What makes English words their stems.

/// How a word becomes its stem: bytes to take off its end, and which suffix to put there. Thirteen bits, never 0.
///
/// The suffixes are numbered from 1 as they are met; the English stemmer has few. Each is kept as an integer: its bytes
/// from the lowest, at most seven, and its length in the highest byte.
struct StemChanges {
  private static let stripBits: UInt16 = 4
  private static let maximumSuffixes = 511
  private static let maximumSuffixLength = 7
  private static let unused = UInt64.max

  private let suffixes: UnsafeMutablePointer<UInt64>

  init() {
    suffixes = .allocate(capacity: StemChanges.maximumSuffixes + 1)
    suffixes.initialize(repeating: StemChanges.unused, count: StemChanges.maximumSuffixes + 1)
  }

  func deallocate() { suffixes.deallocate() }

  /// The change that makes a word its stem; nil where that is more than a change can say.
  func change(from word: UnsafeBufferPointer<UInt8>, to stem: UnsafeBufferPointer<UInt8>) -> UInt16? {
    var prefix = 0
    while prefix < min(word.count, stem.count), word[prefix] == stem[prefix] { prefix += 1 }
    let strip = word.count - prefix
    let length = stem.count - prefix
    guard strip < 1 << StemChanges.stripBits, length <= StemChanges.maximumSuffixLength else { return nil }
    var suffix = UInt64(length) << 56
    for i in 0..<length { suffix |= UInt64(stem[prefix + i]) << UInt64(8 * i) }
    for number in 1...StemChanges.maximumSuffixes {
      if suffixes[number] == StemChanges.unused { suffixes[number] = suffix }
      if suffixes[number] == suffix { return UInt16(number) << StemChanges.stripBits | UInt16(strip) }
    }
    return nil
  }

  /// Makes a word in the writer's arena its stem. Returns where that lies: in the word itself where it is a prefix.
  @inline(__always)
  func apply(_ change: UInt16, at start: Int, length: Int, writer: inout TokenWriter) -> (Int, Int) {
    let suffix = suffixes[Int(change >> StemChanges.stripBits)]
    let suffixLength = Int(truncatingIfNeeded: suffix >> 56)
    let prefix = length &- Int(change & (1 << StemChanges.stripBits - 1))
    // The changed word is written in any case, and counts only where it isn't a prefix: no branch to predict. The
    // arena has room behind its last byte, and words are of 26 bytes at most.
    let source = UnsafeRawPointer(writer.arena + start)
    let target = UnsafeMutableRawPointer(writer.arena + writer.arenaCount)
    target.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
    target.storeBytes(of: source.loadUnaligned(fromByteOffset: 8, as: UInt64.self), toByteOffset: 8, as: UInt64.self)
    if prefix > 16 { target.copyMemory(from: source, byteCount: prefix) }
    target.storeBytes(of: suffix.littleEndian, toByteOffset: prefix, as: UInt64.self)
    let stem = suffixLength == 0 ? start : writer.arenaCount
    writer.arenaCount &+= suffixLength == 0 ? 0 : prefix &+ suffixLength
    return (stem, prefix &+ suffixLength)
  }
}
