// Stems of English words by the Snowball library, remembered.
internal import CStemmer

/// Snowball's English stemmer (Porter2) behind a table of words met before: the library takes about as long for one
/// word as the rest of the analysis for twenty. One per thread.
///
/// Words handed to it are ASCII letters in lower case, with or without `'s` at the end.
struct EnglishStemmer {
  /// Names the algorithm by the stems of words that its versions have treated differently, and of one for each of its
  /// steps.
  static let version: String = {
    guard let library = sb_stemmer_new("english", "UTF_8") else { return "none" }
    defer { sb_stemmer_delete(library) }
    let words = [
      "skis", "dying", "idly", "gently", "news", "inning", "proceed", "evening", "added", "emerging", "past", "paste",
      "universe", "university", "lateral", "organization", "running", "agreed", "hopping", "flies", "ties", "gas",
      "rational", "vietnamization", "triplicate", "goodness", "adjustable", "bowdlerize", "cease", "controlling",
      "ogle", "analogously", "apologist", "communism", "generate", "arsenal", "sayings", "it's",
    ]
    return TextHash.hex(
      words.map { word in
        guard let stem = sb_stemmer_stem(library, word, Int32(word.utf8.count)) else { return word }
        let bytes = UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(library)))
        return String(decoding: bytes, as: UTF8.self)
      })
  }()

  /// So many words wait at most.
  static let batch = 64
  private let library: OpaquePointer
  private let masks: UnsafeMutablePointer<UInt32>
  private let changes: StemChanges
  private let table: StemTable
  private let long: LongStems
  /// Words that wait for their stems: the places of their `.stem` tokens, which have been written with the words
  /// themselves.
  let pending: UnsafeMutablePointer<UInt32>
  /// The same words as `StemTable` knows them; 0 for those too long for it.
  private let products: UnsafeMutablePointer<UInt64>

  init?() {
    guard let table = StemTable() else { return nil }
    guard let long = LongStems() else {
      table.deallocate()
      return nil
    }
    guard let library = sb_stemmer_new("english", "UTF_8") else {
      table.deallocate()
      long.deallocate()
      return nil
    }
    self.table = table
    self.long = long
    self.library = library
    changes = StemChanges()
    masks = EnglishSuffixes.makeMasks()
    pending = .allocate(capacity: EnglishStemmer.batch + 1)
    products = .allocate(capacity: EnglishStemmer.batch)
  }

  func deallocate() {
    sb_stemmer_delete(library)
    table.deallocate()
    long.deallocate()
    changes.deallocate()
    masks.deallocate()
    pending.deallocate()
    products.deallocate()
  }

  /// Whether a word of ASCII letters of either case that ends in these bytes may have a stem of its own.
  @inline(__always)
  func mayChange(last: UInt8, before: UInt8) -> Bool { EnglishSuffixes.mayChange(masks, last: last, before: before) }

  /// Puts the stems of the first `count` pending words into their tokens. A batch, because then the processor looks up
  /// many words at once instead of waiting for each.
  func resolve(_ count: Int, writer: inout TokenWriter) {
    var output = writer
    for index in 0..<count {
      let token = output.tokens + Int(pending[index])
      let key = StemKey.key(output.arena + Int(token.pointee.termStart), Int(token.pointee.termLength))
      products[index] = StemTable.product(key)
      table.prefetch(products[index])
      if key == 0 { long.prefetch(output.arena + Int(token.pointee.termStart), Int(token.pointee.termLength)) }
    }
    for index in 0..<count {
      let token = output.tokens + Int(pending[index])
      let (start, length) = stem(
        products[index], at: Int(token.pointee.termStart), length: Int(token.pointee.termLength), writer: &output)
      token.pointee.termStart = UInt32(truncatingIfNeeded: start)
      token.pointee.termLength = UInt16(truncatingIfNeeded: length)
    }
    writer = output
  }

  /// Stems a word that lies in the writer's arena. Returns where the stem lies: in the word itself where it is a prefix
  /// of it.
  @inline(__always)
  private func stem(_ product: UInt64, at start: Int, length: Int, writer: inout TokenWriter) -> (Int, Int) {
    guard product != 0 else { return stemLong(at: start, length: length, writer: &writer) }
    let change = table.change(product)
    guard change != 0 else { return learn(product, at: start, length: length, writer: &writer) }
    return changes.apply(change, at: start, length: length, writer: &writer)
  }

  @inline(never)
  private func stemLong(at start: Int, length: Int, writer: inout TokenWriter) -> (Int, Int) {
    guard let keys = StemKey.keys(writer.arena + start, length) else {
      return ask(at: start, length: length, writer: &writer)
    }
    if let change = long.change(keys) { return changes.apply(change, at: start, length: length, writer: &writer) }
    let stem = ask(at: start, length: length, writer: &writer)
    if let change = change(from: (start, length), to: stem, writer) { long.remember(keys, change: change) }
    return stem
  }

  @inline(never)
  private func learn(_ product: UInt64, at start: Int, length: Int, writer: inout TokenWriter) -> (Int, Int) {
    let stem = ask(at: start, length: length, writer: &writer)
    if let change = change(from: (start, length), to: stem, writer) { table.remember(product, change: change) }
    return stem
  }

  /// What makes a word its stem, both in the arena; nil where that is more than an entry holds.
  private func change(from word: (Int, Int), to stem: (Int, Int), _ writer: TokenWriter) -> UInt16? {
    changes.change(
      from: UnsafeBufferPointer(start: writer.arena + word.0, count: word.1),
      to: UnsafeBufferPointer(start: writer.arena + stem.0, count: stem.1))
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
