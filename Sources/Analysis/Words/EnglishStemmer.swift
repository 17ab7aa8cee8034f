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
struct EnglishStemmer {
  /// A remembered word of up to 16 bytes and its stem: so many bytes of the word, and what replaces the rest.
  private struct Entry {
    var low: UInt64
    var high: UInt64
    /// From the lowest byte: length of the prefix, length of the suffix, up to six bytes of suffix.
    var change: UInt64
    var unused: UInt64
  }

  /// Two entries, one cache line, in each of this many sets: 4 MB, of which only what is used is ever touched. Nearly
  /// all words of a large text stay.
  private static let setBits: UInt64 = 16
  private static let maximumSuffix = 6

  private let library: OpaquePointer
  private let memory: UnsafeMutableRawPointer
  private let entries: UnsafeMutablePointer<Entry>
  private let masks: UnsafeMutablePointer<UInt32>
  /// Words that wait for their stems.
  let pending: UnsafeMutablePointer<PendingWord>

  /// A word of up to 16 lower-case letters whose `.stem` token has been written with the word itself.
  struct PendingWord {
    var low: UInt64
    var high: UInt64
    /// The place of the `.stem` token.
    var token: Int
  }

  /// So many words wait at most.
  static let batch = 64

  init?() {
    let bytes = (2 << Int(EnglishStemmer.setBits)) * MemoryLayout<Entry>.stride
    guard let memory = calloc(bytes + 64, 1) else { return nil }
    guard let library = sb_stemmer_new("english", "UTF_8") else {
      free(memory)
      return nil
    }
    self.library = library
    self.memory = memory
    // All zero is an empty entry: no word begins with a zero byte.
    entries = memory.alignedUp(toMultipleOf: 64).assumingMemoryBound(to: Entry.self)
    masks = EnglishSuffixes.makeMasks()
    pending = .allocate(capacity: EnglishStemmer.batch + 1)
  }

  func deallocate() {
    sb_stemmer_delete(library)
    free(memory)
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
    for index in 0..<count { touched ^= set(pending[index].low, pending[index].high).pointee.low }
    pending[EnglishStemmer.batch].low = touched
    var output = writer
    for index in 0..<count {
      let word = pending[index]
      let token = output.tokens + word.token
      let (start, length) = stem(
        word.low, word.high, at: Int(token.pointee.termStart), length: Int(token.pointee.termLength), writer: &output)
      token.pointee.termStart = UInt32(truncatingIfNeeded: start)
      token.pointee.termLength = UInt16(truncatingIfNeeded: length)
    }
    writer = output
  }

  /// The two entries that may hold a word; multipliers from SplitMix64 and wyhash's family of mixers.
  @inline(__always)
  private func set(_ low: UInt64, _ high: UInt64) -> UnsafeMutablePointer<Entry> {
    let hash = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    return entries + 2 &* Int(truncatingIfNeeded: hash >> (64 - EnglishStemmer.setBits))
  }

  /// Stems the word of `length` bytes at `start` in the writer's arena, given its bytes as two little-endian integers
  /// padded with zeros. Returns where the stem lies: in the word itself where it is a prefix of it.
  @inline(__always)
  func stem(_ low: UInt64, _ high: UInt64, at start: Int, length: Int, writer: inout TokenWriter) -> (Int, Int) {
    let set = set(low, high)
    let first = set.pointee
    let second = set[1]
    let isFirst = (first.low ^ low) | (first.high ^ high) == 0
    let isSecond = (second.low ^ low) | (second.high ^ high) == 0
    guard isFirst || isSecond else { return learn(low, high, at: start, length: length, set: set, writer: &writer) }
    let change = isFirst ? first.change : second.change
    let prefix = Int(truncatingIfNeeded: change & 0xFF)
    let suffix = Int(truncatingIfNeeded: change >> 8 & 0xFF)
    // The changed word is written in any case, and counts only where it isn't a prefix: no branch to predict.
    let end = UnsafeMutableRawPointer(writer.arena + writer.arenaCount)
    end.storeBytes(of: low.littleEndian, as: UInt64.self)
    end.storeBytes(of: high.littleEndian, toByteOffset: 8, as: UInt64.self)
    end.storeBytes(of: (change >> 16).littleEndian, toByteOffset: prefix, as: UInt64.self)
    let stem = suffix == 0 ? start : writer.arenaCount
    writer.arenaCount &+= suffix == 0 ? 0 : prefix &+ suffix
    return (stem, prefix &+ suffix)
  }

  /// Stems a word of any length that lies in the writer's arena.
  func stem(at start: Int, length: Int, writer: inout TokenWriter) -> (Int, Int) {
    guard length <= 16 else {
      return mayChange(at: start, length: length, writer)
        ? ask(at: start, length: length, writer: &writer) : (start, length)
    }
    var low: UInt64 = 0
    var high: UInt64 = 0
    for i in 0..<length {
      let byte = UInt64(writer.arena[start + i])
      if i < 8 { low |= byte << UInt64(8 * i) } else { high |= byte << UInt64(8 * (i - 8)) }
    }
    return stem(low, high, at: start, length: length, writer: &writer)
  }

  private func mayChange(at start: Int, length: Int, _ writer: TokenWriter) -> Bool {
    let word = writer.arena + start
    return length > 2 && EnglishSuffixes.mayChange(masks, last: word[length - 1], before: word[length - 2])
  }

  @inline(never)
  private func learn(
    _ low: UInt64, _ high: UInt64, at start: Int, length: Int, set: UnsafeMutablePointer<Entry>,
    writer: inout TokenWriter
  ) -> (Int, Int) {
    var (stem, stemLength) = (start, length)
    if mayChange(at: start, length: length, writer) {
      (stem, stemLength) = ask(at: start, length: length, writer: &writer)
    }
    var prefix = 0
    while prefix < min(length, stemLength), writer.arena[start + prefix] == writer.arena[stem + prefix] { prefix += 1 }
    let suffix = stemLength - prefix
    guard suffix <= EnglishStemmer.maximumSuffix else { return (stem, stemLength) }
    var change = UInt64(prefix) | UInt64(suffix) << 8
    for i in 0..<suffix { change |= UInt64(writer.arena[stem + prefix + i]) << UInt64(16 + 8 * i) }
    // New words take the second place of a set; the one that was there moves to the first, whose word goes.
    set.pointee = set[1]
    set[1] = Entry(low: low, high: high, change: change, unused: 0)
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
