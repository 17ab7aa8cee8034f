// Draws queries of every kind from texts of the corpus, so that they ask for what is there.

/// Draws queries with a seed: the same texts and seed give the same queries.
public struct QueryDrawing {
  private typealias Sentence = [TextPiece]
  private var random: SeededRandom
  private let texts: [[Sentence]]

  /// - Parameter texts: texts of documents, as many and as different as possible.
  public init(texts: [String], seed: UInt64) {
    random = SeededRandom(seed: seed)
    self.texts = texts.map(TextPiece.sentences).filter { !$0.isEmpty }
  }

  /// Draws `count` different queries of a kind; fewer, or none, where the texts have no more (mixed queries of English
  /// texts).
  public mutating func draw(_ kind: QueryKind, count: Int) -> [BenchmarkQuery] {
    guard !texts.isEmpty else { return [] }
    var seen: Set<String> = []
    var queries: [BenchmarkQuery] = []
    for _ in 0..<200 * count where queries.count < count {
      let text = texts[Int.random(in: texts.indices, using: &random)]
      guard let query = drawOne(kind, text), seen.insert(query).inserted else { continue }
      queries.append(BenchmarkQuery(kind: kind.rawValue, text: query))
    }
    return queries
  }

  private mutating func drawOne(_ kind: QueryKind, _ text: [Sentence]) -> String? {
    let sentence = text[Int.random(in: text.indices, using: &random)]
    switch kind {
    case .term: return unit(sentence)
    case .intersection:
      return units(Int.random(in: 2...3, using: &random), [sentence])?.map { "+" + $0 }.joined(separator: " ")
    case .union: return units(Int.random(in: 2...4, using: &random), text)?.joined(separator: " ")
    case .phrase: return phrase(sentence)
    case .prefix: return prefix(sentence)
    case .fuzzy: return fuzzy(sentence)
    case .mixed: return mixed(text)
    case .question: return question(sentence)
    }
  }

  // MARK: Parts of queries

  /// Words of the query language that are not text.
  private static let reserved: Set<String> = ["and", "or", "not", "to"]

  /// A word of at least two letters, or two to four Han characters.
  private mutating func unit(_ sentence: Sentence) -> String? {
    guard let piece = sentence.randomElement(using: &random) else { return nil }
    switch piece {
    case .word(let word): return word.utf8.count >= 2 && !Self.reserved.contains(word) ? word : nil
    case .han(let run): return run.count >= 2 ? cut(run, Int.random(in: 2...4, using: &random)) : nil
    case .stop: return nil
    }
  }

  private mutating func units(_ count: Int, _ text: [Sentence]) -> [String]? {
    var found: [String] = []
    for _ in 0..<8 * count where found.count < count {
      let sentence = text[Int.random(in: text.indices, using: &random)]
      if let unit = unit(sentence), !found.contains(unit) { found.append(unit) }
    }
    return found.count == count ? found : nil
  }

  /// Up to `length` characters of a run, from anywhere in it.
  private mutating func cut(_ run: [Unicode.Scalar], _ length: Int) -> String {
    let length = min(length, run.count)
    let start = Int.random(in: 0...run.count - length, using: &random)
    var text = ""
    text.unicodeScalars.append(contentsOf: run[start..<start + length])
    return text
  }

  /// Words that follow one another, none of them reserved.
  private mutating func consecutiveWords(_ lengths: ClosedRange<Int>, _ sentence: Sentence) -> [String]? {
    let runs = sentence.split { if case .word(let word) = $0 { Self.reserved.contains(word) } else { true } }
    guard let run = runs.filter({ $0.count >= lengths.lowerBound }).randomElement(using: &random) else { return nil }
    let length = Int.random(in: lengths.lowerBound...min(lengths.upperBound, run.count), using: &random)
    let start = Int.random(in: run.startIndex...run.endIndex - length, using: &random)
    return run[start..<start + length].compactMap { if case .word(let word) = $0 { word } else { nil } }
  }

  private mutating func hanRun(_ minimum: Int, _ sentence: Sentence) -> [Unicode.Scalar]? {
    sentence.compactMap { if case .han(let run) = $0, run.count >= minimum { run } else { nil } }
      .randomElement(using: &random)
  }

  private mutating func words(_ minimum: Int, _ sentence: Sentence) -> [String] {
    sentence.compactMap { piece in
      guard case .word(let word) = piece, word.utf8.count >= minimum, !Self.reserved.contains(word),
        word.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
      else { return nil }
      return word
    }
  }

  // MARK: Kinds of queries

  private mutating func phrase(_ sentence: Sentence) -> String? {
    if let words = consecutiveWords(2...4, sentence) { return "\"" + words.joined(separator: " ") + "\"" }
    return hanRun(4, sentence).map { "\"" + cut($0, Int.random(in: 4...6, using: &random)) + "\"" }
  }

  private mutating func prefix(_ sentence: Sentence) -> String? {
    words(5, sentence).randomElement(using: &random).map { $0.prefix(Int.random(in: 3...4, using: &random)) + "*" }
  }

  /// A word with a letter changed, left out, put in, or exchanged with the next one.
  private mutating func fuzzy(_ sentence: Sentence) -> String? {
    guard let word = words(5, sentence).randomElement(using: &random) else { return nil }
    var letters = Array(word.utf8)
    let place = Int.random(in: 1..<letters.count - 1, using: &random)
    let letter = UInt8.random(in: UInt8(ascii: "a")...UInt8(ascii: "z"), using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: letters[place] = letter
    case 1: letters.remove(at: place)
    case 2: letters.insert(letter, at: place)
    default: letters.swapAt(place, place + 1)
    }
    return String(decoding: letters, as: UTF8.self) + "~1"
  }

  private mutating func mixed(_ text: [Sentence]) -> String? {
    let sentences = text.filter { sentence in
      sentence.contains { if case .han = $0 { true } else { false } } && !words(2, sentence).isEmpty
    }
    guard let sentence = sentences.randomElement(using: &random),
      let word = words(2, sentence).randomElement(using: &random), let run = hanRun(2, sentence)
    else { return nil }
    let han = cut(run, Int.random(in: 2...4, using: &random))
    return Bool.random(using: &random) ? "\(word) \(han)" : "\(han) \(word)"
  }

  private mutating func question(_ sentence: Sentence) -> String? {
    if let words = consecutiveWords(8...15, sentence) { return words.joined(separator: " ") }
    return hanRun(12, sentence).map { cut($0, Int.random(in: 12...30, using: &random)) }
  }
}
