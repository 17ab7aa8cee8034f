// Relevance judgements.

/// Which documents are relevant for which queries, and how much (qrels).
public struct Judgements: Sendable, Equatable {
  /// For each query the grades of its judged documents. A grade above 0 is relevant.
  public private(set) var grades: [String: [String: Int]] = [:]

  /// No judgements.
  public init() {}

  /// Adds a judgement, in place of an earlier one on the same document.
  public mutating func add(query: String, document: String, grade: Int) {
    grades[query, default: [:]][document] = grade
  }

  /// Reads lines of `query 0 document grade`, the format of trec_eval; columns are separated by white space. Empty lines
  /// are skipped.
  ///
  /// - Throws: ``TRECFormatError`` at the first line that is something else.
  public init(trec text: String) throws(TRECFormatError) {
    try forEachTRECLine(text) { (line, columns) throws(TRECFormatError) in
      guard columns.count == 4 else { throw TRECFormatError(line, "a judgement has 4 columns: query 0 document grade") }
      guard let grade = Int(columns[3]) else { throw TRECFormatError(line, "the grade is no whole number") }
      add(query: String(columns[0]), document: String(columns[2]), grade: grade)
    }
  }

  /// The queries that have a relevant document, sorted: those that count.
  public var judgedQueries: [String] {
    grades.filter { $0.value.contains { $0.value > 0 } }.keys.sorted()
  }
}
