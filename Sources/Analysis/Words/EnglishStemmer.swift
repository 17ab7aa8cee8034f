// Stems of English words by the Snowball library, remembered.
internal import CStemmer

/// Snowball's English stemmer (Porter2) behind a table of recent words: the library takes about as long for one word as
/// the rest of the analysis for ten. One per thread.
struct EnglishStemmer {
  /// A remembered word of up to 16 bytes and its stem: a prefix of the word, and what replaces the rest.
  private struct Entry {
    var low: UInt64
    var high: UInt64
    var prefixLength: UInt8
    var suffixLength: UInt8
    var suffix: (UInt64, UInt32, UInt16)
  }

  private static let entryBits: UInt64 = 14
  private static let maximumSuffix = 14

  private let library: OpaquePointer
  private let entries: UnsafeMutablePointer<Entry>

  init?() {
    guard let library = sb_stemmer_new("english", "UTF_8") else { return nil }
    self.library = library
    let count = 1 << Int(EnglishStemmer.entryBits)
    entries = .allocate(capacity: count)
    entries.initialize(
      repeating: Entry(low: 0, high: 0, prefixLength: 0, suffixLength: 0, suffix: (0, 0, 0)), count: count)
  }

  func deallocate() {
    sb_stemmer_delete(library)
    entries.deallocate()
  }

  /// Stems the word of `length` bytes at `start` in the writer's arena, given its bytes as two little-endian integers
  /// padded with zeros. Returns where the stem lies: in the word itself where it is a prefix of it.
  @inline(__always)
  func stem(_ low: UInt64, _ high: UInt64, at start: Int, length: Int, writer: inout TokenWriter) -> (Int, Int) {
    let hash = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    let entry = entries + Int(truncatingIfNeeded: hash >> (64 - EnglishStemmer.entryBits))
    if entry.pointee.low != low || entry.pointee.high != high {
      return learn(low, high, at: start, length: length, entry: entry, writer: &writer)
    }
    let prefix = Int(entry.pointee.prefixLength)
    let suffix = Int(entry.pointee.suffixLength)
    if suffix == 0 { return (start, prefix) }
    let stem = writer.arenaCount
    (writer.arena + stem).update(from: writer.arena + start, count: prefix)
    withUnsafeBytes(of: &entry.pointee.suffix) { bytes in
      for i in 0..<suffix { writer.arena[stem + prefix + i] = bytes[i] }
    }
    writer.arenaCount = stem + prefix + suffix
    return (stem, prefix + suffix)
  }

  /// Stems a word of any length that lies in the writer's arena.
  func stem(at start: Int, length: Int, writer: inout TokenWriter) -> (Int, Int) {
    guard length <= 16 else { return ask(at: start, length: length, writer: &writer) }
    var low: UInt64 = 0
    var high: UInt64 = 0
    for i in 0..<length {
      let byte = UInt64(writer.arena[start + i])
      if i < 8 { low |= byte << UInt64(8 * i) } else { high |= byte << UInt64(8 * (i - 8)) }
    }
    return stem(low, high, at: start, length: length, writer: &writer)
  }

  @inline(never)
  private func learn(
    _ low: UInt64, _ high: UInt64, at start: Int, length: Int, entry: UnsafeMutablePointer<Entry>,
    writer: inout TokenWriter
  ) -> (Int, Int) {
    let (stem, stemLength) = ask(at: start, length: length, writer: &writer)
    var prefix = 0
    while prefix < min(length, stemLength), writer.arena[start + prefix] == writer.arena[stem + prefix] { prefix += 1 }
    let suffix = stemLength - prefix
    guard suffix <= EnglishStemmer.maximumSuffix else { return (stem, stemLength) }
    var bytes: (UInt64, UInt32, UInt16) = (0, 0, 0)
    withUnsafeMutableBytes(of: &bytes) { target in
      for i in 0..<suffix { target[i] = writer.arena[stem + prefix + i] }
    }
    entry.pointee = Entry(
      low: low, high: high, prefixLength: UInt8(prefix), suffixLength: UInt8(suffix), suffix: bytes)
    return (stem, stemLength)
  }

  private func ask(at start: Int, length: Int, writer: inout TokenWriter) -> (Int, Int) {
    guard let stem = sb_stemmer_stem(library, writer.arena + start, Int32(truncatingIfNeeded: length)) else {
      return (start, length)
    }
    let stemLength = Int(sb_stemmer_length(library))
    guard stemLength > 0, stemLength <= length + 1 else { return (start, length) }
    return (writer.store(stem, count: stemLength), stemLength)
  }
}
