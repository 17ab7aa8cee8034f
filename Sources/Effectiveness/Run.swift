// What a system found.

/// The results of a batch of queries: for each query documents with scores (a TREC run).
public struct Run: Sendable, Equatable {
  /// One found document.
  public struct Entry: Sendable, Equatable {
    /// The document's id.
    public var document: String
    /// Its score.
    public var score: Double

    /// Makes an entry.
    public init(_ document: String, _ score: Double) {
      self.document = document
      self.score = score
    }
  }

  /// For each query what was found, in any order: scores decide.
  public private(set) var results: [String: [Entry]] = [:]

  /// A run of nothing.
  public init() {}

  /// Sets what was found for a query.
  public mutating func set(_ entries: [Entry], for query: String) { results[query] = entries }

  /// Reads lines of `query Q0 document rank score tag`; columns are separated by white space, empty lines skipped. Ranks
  /// are not looked at, as in trec_eval: scores decide.
  ///
  /// - Throws: ``TRECFormatError`` at the first line that is something else, or a document that comes twice for a query.
  public init(trec text: String) throws(TRECFormatError) {
    var seen: [String: Set<String>] = [:]
    try forEachTRECLine(text) { (line, columns) throws(TRECFormatError) in
      guard columns.count == 6 else {
        throw TRECFormatError(line, "a result has 6 columns: query Q0 document rank score tag")
      }
      guard let score = Double(columns[4]), !score.isNaN else { throw TRECFormatError(line, "the score is no number") }
      let (query, document) = (String(columns[0]), String(columns[2]))
      guard seen[query, default: []].insert(document).inserted else {
        throw TRECFormatError(line, "the document \(document) comes twice for the query \(query)")
      }
      results[query, default: []].append(Entry(document, score))
    }
  }

  /// The documents found for a query, best first, as trec_eval orders them: by score in single precision, equal scores by
  /// descending id.
  func ranking(_ query: String) -> [String] {
    (results[query] ?? []).sorted {
      Float($0.score) != Float($1.score) ? Float($0.score) > Float($1.score) : precedes($1.document, $0.document)
    }.map(\.document)
  }

  /// The same as the evaluation of MS MARCO orders them: equal scores by ascending id.
  func rankingByAscendingID(_ query: String) -> [String] {
    (results[query] ?? []).sorted { $0.score != $1.score ? $0.score > $1.score : precedes($0.document, $1.document) }
      .map(\.document)
  }

  /// Bytewise order, which is also the order of code points.
  private func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
}
