// Documents as lines of JSON: which kind, what about, how long, sentence by sentence.

/// Writes documents into a block.
///
/// Everything random about a document comes from its own ``SplitMix64``. Nothing that is written needs escaping in JSON:
/// the vocabulary holds no quotation marks, backslashes or control characters, which the tests check.
struct DocumentWriter<Recorder: WordRecording>: ~Copyable {
  /// The standard deviation of the logarithm of document lengths: lengths are log-normal, as lengths of posts on the web
  /// are (Sobkowicz, Thelwall, Buckley, Paltoglou and Sobkowicz, "Lognormal distributions of user post lengths in
  /// Internet discussions", EPJ Data Science 2, 2013).
  private let lengthDeviation = 0.8
  /// How many different names a document uses.
  private let nameCount = 4

  let model: CorpusModel
  let parameters: CorpusParameters
  let block: CorpusBlock
  var recorder = Recorder()
  var random = SplitMix64(state: 0)
  /// Where the next byte goes; always inside the block's storage.
  var out: UnsafeMutableRawPointer
  /// Beyond this address the block has to grow before the next clause.
  private var softEnd: UnsafeMutableRawPointer
  /// The number of words to repeat that each language's history has seen.
  var historyCounts = (english: 0, chinese: 0)
  /// Words drawn and not yet written: those of one clause and one more.
  let chosen = UnsafeMutablePointer<WordReference>.allocate(capacity: 32)
  var words = 0
  var names = (0, 0, 0, 0)
  /// Whether Chinese text of the document is Simplified.
  var isSimplified = false
  var kind = DocumentKind.english

  private(set) var englishText: Voice
  private var englishTitle: Voice
  private var chineseText: Voice
  private var chineseTitle: Voice
  private let logMean: Double

  /// A writer that appends to a block.
  init(model: CorpusModel, parameters: CorpusParameters, block: CorpusBlock) {
    self.model = model
    self.parameters = parameters
    self.block = block
    guard let base = block.storage.baseAddress else { preconditionFailure("a block has memory") }
    out = base + block.byteCount
    softEnd = base + block.storage.count - CorpusBlock.slack
    // The mean of a log-normal variable is exp(μ + σ²/2).
    logMean = PortableMath.log(Double(parameters.meanLength)) - lengthDeviation * lengthDeviation / 2
    englishText = Self.voice(model.english, words: model.englishWords, isChinese: false)
    chineseText = Self.voice(model.chinese, words: model.traditionalWords, isChinese: true)
    englishTitle = englishText
    chineseTitle = chineseText
    // Titles name things: fewer function words.
    englishTitle.divide(background: model.english.backgroundShare * 0.4, other: 0.05)
    chineseTitle.divide(background: model.chinese.backgroundShare * 0.3, other: 0.08)
  }

  deinit {
    chosen.deallocate()
    for voice in [englishText, chineseText] {
      voice.tables.deallocate()
      voice.history.deallocate()
    }
  }

  private static func voice(_ lexicon: Lexicon, words: WordArena, isChinese: Bool) -> Voice {
    let tables = UnsafeMutablePointer<AliasTable.View>.allocate(capacity: 4)
    tables.initialize(repeating: lexicon.background.view, count: 4)
    let history = UnsafeMutablePointer<WordReference>.allocate(capacity: Voice.memory)
    history.initialize(repeating: .stored(0), count: Voice.memory)
    return Voice(
      isChinese: isChinese, words: words.view, partners: lexicon.partners.base, buckets: lexicon.buckets.base,
      tables: tables, topics: (0, 0, 0, 0), history: history)
  }

  /// Hands the bytes and counts over to the block.
  mutating func finish() {
    if let base = block.storage.baseAddress { block.byteCount = out - base }
    block.wordCount += words
    words = 0
    block.wordHashes += recorder.takeHashes()
  }

  /// Appends the document with a number.
  mutating func write(_ document: UInt64) {
    random = SplitMix64(seed: parameters.seed, document: document)
    makeRoom()
    kind = parameters.mix.kind(at: random.below(parameters.mix.total))
    block.documentCounts[kind.rawValue] &+= 1
    isSimplified = kind == .simplified || (kind == .mixed && random.below(10) < 3)
    let topic = chooseTopics()
    chooseNames()

    out = DecimalText.put(#"{"id":"doc-"#, out)
    out = DecimalText.put(document, digits: document < 10_000_000_000 ? 10 : 20, out)
    out = DecimalText.put(#"","title":""#, out)
    writeTitle()
    out = DecimalText.put(#"","text":""#, out)
    writeText(length: chooseLength())
    out = DecimalText.put(#"","date":""#, out)
    makeRoom()
    out = chooseDate().putISO(out)
    out = DecimalText.put(#"","category":""#, out)
    for byte in model.sections[topic] { out = DecimalText.put(byte, out) }
    out = DecimalText.put(#"","lang":""#, out)
    for byte in kind.languageTag.utf8 { out = DecimalText.put(byte, out) }
    out = DecimalText.put(#"","views":"#, out)
    // A number of readers that is spread evenly over the orders of magnitude.
    out = DecimalText.put(UInt64(random.below(1 << (1 + random.below(20)))), out)
    out = DecimalText.put("}\n", out)
  }

  /// Makes sure that ``CorpusBlock/slack`` bytes are free.
  private mutating func makeRoom() {
    guard out > softEnd, let old = block.storage.baseAddress else { return }
    let used = out - old
    block.grow(keeping: used)
    guard let base = block.storage.baseAddress else { return }
    out = base + used
    softEnd = base + block.storage.count - CorpusBlock.slack
  }

  /// Draws the topics and sets the voices to them. Returns the main topic.
  private mutating func chooseTopics() -> Int {
    let count = CorpusModel.topicCount
    let main = random.below(count)
    // Half of the documents stay within the theme with their second topic.
    let second = random.below(2) == 0 ? main & ~3 | random.below(4) : random.below(count)
    let third = random.below(count)
    let topics = (UInt32(0), UInt32(main), UInt32(second), UInt32(third))
    for (position, topic) in [main, second, third].enumerated() {
      englishText.tables[position + 1] = model.english.topics[topic].view
      chineseText.tables[position + 1] = model.chinese.topics[topic].view
    }
    let words = isSimplified ? model.simplifiedWords.view : model.traditionalWords.view
    englishText.topics = topics
    englishTitle.topics = topics
    chineseText.topics = topics
    chineseTitle.topics = topics
    chineseText.words = words
    chineseTitle.words = words
    englishText.divide(background: model.english.backgroundShare, other: 0.03)
    chineseText.divide(background: model.chinese.backgroundShare, other: kind == .mixed ? 0.14 : 0.045)
    historyCounts = (0, 0)
    return main
  }

  private mutating func chooseNames() {
    // The cube of a uniform number: few names are in many documents, most in few.
    func popular(_ random: inout SplitMix64) -> Int {
      let u = random.next() &>> 32
      let cube = (((u &* u) &>> 32) &* u) &>> 32
      return Int((cube &* UInt64(NameBook.population)) &>> 32)
    }
    names = (popular(&random), popular(&random), popular(&random), popular(&random))
  }

  private mutating func chooseDate() -> CalendarDate {
    // The larger of two draws: the later, the more documents.
    let day = max(random.below(CalendarDate.dayCount), random.below(CalendarDate.dayCount))
    return CalendarDate(daysSince1970: CalendarDate.firstDay + day)
  }

  private mutating func chooseLength() -> Int {
    // Marsaglia's polar method (Marsaglia and Bray, SIAM Review 6, 1964) for a normal variable.
    var x = 0.0
    var square = 0.0
    repeat {
      x = 2 * random.unit() - 1
      let y = 2 * random.unit() - 1
      square = x * x + y * y
    } while square >= 1 || square == 0
    let normal = x * (-2 * PortableMath.log(square) / square).squareRoot()
    let length = PortableMath.exp(logMean + lengthDeviation * normal)
    return max(1, Int(min(length, 30 * Double(parameters.meanLength))))
  }

  private mutating func writeTitle() {
    if kind == .english {
      writeClause(englishTitle, words: 4 + random.below(6), startsSentence: true)
    } else {
      writeClause(chineseTitle, words: 3 + random.below(5), startsSentence: true)
    }
  }

  /// Writes sentences until the text has `length` words.
  private mutating func writeText(length: Int) {
    var left = length
    var isFirst = true
    while left > 0 {
      let isEnglish = kind == .english || (kind == .mixed && random.below(10) < 4)
      if !isFirst {
        if random.below(5) == 0 {
          out = DecimalText.put(#"\n\n"#, out)
        } else if isEnglish {
          out = DecimalText.put(" ", out)
        }
      }
      isFirst = false
      let clauses = 1 + random.below(isEnglish ? 3 : 4)
      for clause in 0..<clauses where left > 0 {
        makeRoom()
        if clause > 0 { out = isEnglish ? DecimalText.put(", ", out) : DecimalText.put("，", out) }
        let words = min(left, isEnglish ? 4 + random.below(9) : 3 + random.below(7))
        writeClause(isEnglish ? englishText : chineseText, words: words, startsSentence: clause == 0)
        left -= words
      }
      out = isEnglish ? DecimalText.put(".", out) : DecimalText.put("。", out)
    }
  }

  /// The name that `choice` selects among those of the document.
  func name(_ choice: Int) -> Int {
    switch choice {
    case 0: names.0
    case 1: names.1
    case 2: names.2
    default: names.3
    }
  }
}
