// Which analyzer, and with which options.
internal import CFoldingTables
internal import CICU

/// The analyzers by name.
public enum AnalyzerName: String, Sendable, CaseIterable, Codable {
  /// English, Chinese and everything between; the default.
  case mixed
  /// As `mixed` without dictionary words of Chinese: characters and bigrams only.
  case english
  /// As `mixed` without stemming.
  case chinese
  /// Splits on white space and changes nothing.
  case whitespace
}

/// Everything that decides which tokens a text yields. An index keeps it, and its fingerprint, with every segment.
public struct AnalyzerConfiguration: Sendable, Equatable, Codable {
  /// Counts up with every change of the rules that changes tokens.
  static let rulesVersion = 1

  /// The analyzer.
  public var name: AnalyzerName
  /// Words that are added to the dictionary of Chinese words; in any script form.
  public var userWords: [String]
  /// Groups of words that stand for each other in queries.
  public var synonyms: [[String]]
  /// Stop words in place of the built-in ones; nil for those. Only queries look at them.
  public var stopWords: [String]?

  /// A configuration; the built-in behaviour where only a name is given.
  public init(
    name: AnalyzerName = .mixed, userWords: [String] = [], synonyms: [[String]] = [], stopWords: [String]? = nil
  ) {
    self.name = name
    self.userWords = userWords
    self.synonyms = synonyms
    self.stopWords = stopWords
  }

  /// Stable text that names what the tokens depend on: equal fingerprints mean equal tokens. Synonyms and stop words,
  /// which only change queries, are part of it so that an index is always asked with its own.
  public var fingerprint: String {
    guard name != .whitespace else { return "whitespace;rules=\(AnalyzerConfiguration.rulesVersion)" }
    var parts = ["\(name.rawValue);rules=\(AnalyzerConfiguration.rulesVersion)"]
    parts.append("folding=\(AnalyzerConfiguration.foldingVersion)")
    // ICU's dictionaries cut Thai, Lao, Khmer and Burmese in every analyzer that yields words of them.
    if name != .english { parts.append("icu=\(AnalyzerConfiguration.icuVersion);words=\(HanSegmenter.version)") }
    if name != .chinese { parts.append("stemmer=snowball-english") }
    if !userWords.isEmpty { parts.append("user=\(TextHash.hex(userWords.sorted()))") }
    if !synonyms.isEmpty { parts.append("synonyms=\(TextHash.hex(synonyms.map { $0.joined(separator: "\u{1F}") }))") }
    if let stopWords { parts.append("stop=\(TextHash.hex(stopWords.sorted()))") }
    return parts.joined(separator: ";")
  }

  static var foldingVersion: String { String(cString: loquat_folding_version_text()) }

  /// The version of ICU that this process runs with.
  public static var icuVersion: String { String(cString: cicu_version()) }
}
