// Stems of English words by the Snowball library, remembered.
internal import CStemmer

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Snowball's English stemmer (Porter2) behind a table of words met before: the library takes about as long for one
/// word as the rest of the analysis for twenty. One per thread.
///
/// Words handed to it are ASCII letters in lower case, with or without `'s` at the end.
struct EnglishStemmer {
  /// A remembered word and its stem.
  private struct Entry {
    /// The word as `StemKey`; 0 in an empty entry.
    var key: UInt64
    /// The stem: from the lowest byte, how many bytes of the word, how many of a suffix, and up to six bytes of that.
    var change: UInt64
  }

  /// A word whose `.stem` token has been written with the word itself.
  struct PendingWord {
    var key: UInt64
    /// The place of the `.stem` token.
    var token: Int
  }

  /// So many words wait at most.
  static let batch = 64
  /// Four entries, one cache line, in each of this many sets: 4 MB, of which only what is used is ever touched. Nearly
  /// all words of a large text stay.
  private static let setBits: UInt64 = 16
  private static let maximumSuffix = 6

  private let library: OpaquePointer
  private let memory: UnsafeMutableRawPointer
  private let entries: UnsafeMutablePointer<Entry>
  private let masks: UnsafeMutablePointer<UInt32>
  private let long: LongStems
  /// Words that wait for their stems.
  let pending: UnsafeMutablePointer<PendingWord>

  init?() {
    let bytes = (4 << Int(EnglishStemmer.setBits)) * MemoryLayout<Entry>.stride
    guard let memory = calloc(bytes + 64, 1) else { return nil }
    guard let long = LongStems() else {
      free(memory)
      return nil
    }
    guard let library = sb_stemmer_new("english", "UTF_8") else {
      free(memory)
      long.deallocate()
      return nil
    }
    self.long = long
    self.library = library
    self.memory = memory
    entries = memory.alignedUp(toMultipleOf: 64).assumingMemoryBound(to: Entry.self)
    masks = EnglishSuffixes.makeMasks()
    pending = .allocate(capacity: EnglishStemmer.batch + 1)
  }

  func deallocate() {
    sb_stemmer_delete(library)
    free(memory)
    long.deallocate()
    masks.deallocate()
    pending.deallocate()
  }

  /// Whether a word of ASCII letters of either case that ends in these bytes may have a stem of its own.
  @inline(__always)
  func mayChange(last: UInt8, before: UInt8) -> Bool { EnglishSuffixes.mayChange(masks, last: last, before: before) }

  /// Puts the stems of the first `count` pending words into their tokens. A batch, because then the processor looks up
  /// many words at once instead of waiting for each: the table is larger than its nearer caches.
  func resolve(_ count: Int, writer: inout TokenWriter) {
    // The first pass has no branches, so that many reads are under way at once.
    var touched: UInt64 = 0
    for index in 0..<count { touched ^= set(pending[index].key).pointee.key }
    pending[EnglishStemmer.batch].key = touched
    var output = writer
    for index in 0..<count {
      let word = pending[index]
      let token = output.tokens + word.token
      let (start, length) = stem(
        word.key, at: Int(token.pointee.termStart), length: Int(token.pointee.termLength), writer: &output)
      token.pointee.termStart = UInt32(truncatingIfNeeded: start)
      token.pointee.termLength = UInt16(truncatingIfNeeded: length)
    }
    writer = output
  }

  /// Stems a word of any length that lies in the writer's arena. Returns where the stem lies: in the word itself where
  /// it is a prefix of it.
  func stem(at start: Int, length: Int, writer: inout TokenWriter) -> (Int, Int) {
    let word = writer.arena + start
    guard length > 2, mayChange(last: word[length - 1], before: word[length - 2]) else { return (start, length) }
    return stem(StemKey.key(word, length), at: start, length: length, writer: &writer)
  }

  @inline(__always)
  private func stem(_ key: UInt64, at start: Int, length: Int, writer: inout TokenWriter) -> (Int, Int) {
    guard key != 0 else { return stemLong(at: start, length: length, writer: &writer) }
    let set = set(key)
    var entry = set
    while entry.pointee.key != key {
      entry += 1
      if entry == set + 4 { return learn(key, at: start, length: length, set: set, writer: &writer) }
    }
    return apply(entry.pointee.change, at: start, writer: &writer)
  }

  /// Makes a word its stem.
  @inline(__always)
  private func apply(_ change: UInt64, at start: Int, writer: inout TokenWriter) -> (Int, Int) {
    let prefix = Int(truncatingIfNeeded: change & 0xFF)
    let suffix = Int(truncatingIfNeeded: change >> 8 & 0xFF)
    // The changed word is written in any case, and counts only where it isn't a prefix: no branch to predict. The
    // arena has room behind its last byte, and words are of 26 bytes at most.
    let source = UnsafeRawPointer(writer.arena + start)
    let target = UnsafeMutableRawPointer(writer.arena + writer.arenaCount)
    target.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
    target.storeBytes(of: source.loadUnaligned(fromByteOffset: 8, as: UInt64.self), toByteOffset: 8, as: UInt64.self)
    if prefix > 16 { target.copyMemory(from: source, byteCount: prefix) }
    target.storeBytes(of: (change >> 16).littleEndian, toByteOffset: prefix, as: UInt64.self)
    let stem = suffix == 0 ? start : writer.arenaCount
    writer.arenaCount &+= suffix == 0 ? 0 : prefix &+ suffix
    return (stem, prefix &+ suffix)
  }

  @inline(never)
  private func stemLong(at start: Int, length: Int, writer: inout TokenWriter) -> (Int, Int) {
    guard let keys = StemKey.keys(writer.arena + start, length) else {
      return ask(at: start, length: length, writer: &writer)
    }
    if let change = long.change(keys) { return apply(change, at: start, writer: &writer) }
    let stem = ask(at: start, length: length, writer: &writer)
    if let change = change(from: (start, length), to: stem, writer) { long.remember(keys, change: change) }
    return stem
  }

  /// The four entries that may hold a word; the multiplier is SplitMix64's.
  @inline(__always)
  private func set(_ key: UInt64) -> UnsafeMutablePointer<Entry> {
    entries + 4 &* Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> (64 - EnglishStemmer.setBits))
  }

  @inline(never)
  private func learn(
    _ key: UInt64, at start: Int, length: Int, set: UnsafeMutablePointer<Entry>, writer: inout TokenWriter
  ) -> (Int, Int) {
    let stem = ask(at: start, length: length, writer: &writer)
    guard let change = change(from: (start, length), to: stem, writer) else { return stem }
    // The oldest word of the set goes.
    for i in 0..<3 { set[i] = set[i + 1] }
    set[3] = Entry(key: key, change: change)
    return stem
  }

  /// What makes a word its stem, both in the arena; nil where that is more than an entry holds.
  private func change(from word: (Int, Int), to stem: (Int, Int), _ writer: TokenWriter) -> UInt64? {
    let (arena, length) = (writer.arena, min(word.1, stem.1))
    var prefix = 0
    while prefix < length, arena[word.0 + prefix] == arena[stem.0 + prefix] { prefix += 1 }
    let suffix = stem.1 - prefix
    guard suffix <= EnglishStemmer.maximumSuffix else { return nil }
    var change = UInt64(prefix) | UInt64(suffix) << 8
    for i in 0..<suffix { change |= UInt64(arena[stem.0 + prefix + i]) << UInt64(16 + 8 * i) }
    return change
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
