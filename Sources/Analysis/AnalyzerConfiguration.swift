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

  /// Stable text that names everything that analysis depends on, for documents and for queries: the part that decides
  /// the tokens and, after a bar where there are any, the synonyms and stop words, which only change queries.
  public var fingerprint: String {
    var parts: [String] = []
    if !synonyms.isEmpty { parts.append("synonyms=\(TextHash.hex(synonyms.map { $0.joined(separator: "\u{1F}") }))") }
    if let stopWords { parts.append("stop=\(TextHash.hex(stopWords.sorted()))") }
    return parts.isEmpty ? tokenFingerprint : tokenFingerprint + "|" + parts.joined(separator: ";")
  }

  /// The part of ``fingerprint`` that decides which tokens a text yields: equal ones mean equal tokens.
  public var tokenFingerprint: String {
    guard name != .whitespace else { return "whitespace;rules=\(AnalyzerConfiguration.rulesVersion)" }
    var parts = ["\(name.rawValue);rules=\(AnalyzerConfiguration.rulesVersion)"]
    parts.append("folding=\(AnalyzerConfiguration.foldingVersion)")
    // ICU's dictionaries cut Thai, Lao, Khmer and Burmese in every analyzer that yields words of them.
    if name != .english { parts.append("icu=\(AnalyzerConfiguration.icuVersion);words=\(HanSegmenter.version)") }
    if name != .chinese { parts.append("stemmer=snowball-english-\(EnglishStemmer.version)") }
    if !userWords.isEmpty { parts.append("user=\(TextHash.hex(userWords.sorted()))") }
    return parts.joined(separator: ";")
  }

  /// In words, how the tokens of an index with `fingerprint` differ from those that this configuration yields; nil where
  /// they don't.
  public func difference(from fingerprint: String) -> String? {
    let own = tokenFingerprint
    let theirs = String(fingerprint.prefix { $0 != "|" })
    if own == theirs { return nil }
    let read = { (text: String) -> [(name: String, value: String)] in
      text.split(separator: ";").map { part in
        let sides = part.split(separator: "=", maxSplits: 1)
        return sides.count == 2 ? (String(sides[0]), String(sides[1])) : ("analyzer", String(part))
      }
    }
    let before = read(theirs)
    let now = read(own)
    var names: [String] = []
    for (name, _) in before + now where !names.contains(name) { names.append(name) }
    return names.compactMap { name in
      let old = before.first { $0.name == name }?.value ?? "none"
      let new = now.first { $0.name == name }?.value ?? "none"
      return old == new ? nil : "\(name) \(old) then, \(new) now"
    }.joined(separator: "; ")
  }

  static var foldingVersion: String { String(cString: loquat_folding_version_text()) }

  /// The version of ICU that this process runs with.
  public static var icuVersion: String { String(cString: cicu_version()) }
}
