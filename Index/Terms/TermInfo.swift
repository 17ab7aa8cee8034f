// What the dictionary knows of a term.

/// Statistics of one term in one segment and where its postings lie.
public struct TermInfo: Sendable, Equatable {
  /// Documents that contain the term, deleted ones included.
  public var documentFrequency: Int
  /// Occurrences in all documents.
  public var totalFrequency: Int
  /// The document of a term that occurs in one document only; its posting is kept here and nowhere else.
  var singleDocument: DocID = 0
  /// The position of a term that occurs once in all; kept here and nowhere else.
  var singlePosition: UInt32 = 0
  /// Where the posting list lies in the postings file; empty for a single document.
  var postings: Range<Int> = 0..<0
  /// Where the positions lie in the positions file; empty where the space keeps none, and for a
  /// single occurrence.
  var positions: Range<Int> = 0..<0

  init(documentFrequency: Int, totalFrequency: Int) {
    self.documentFrequency = documentFrequency
    self.totalFrequency = totalFrequency
  }
}
