// The terms of each document of a partition.

/// A forward index of some documents: the numbers of each one's terms, in flat buffers. Terms are numbered from 0 within
/// the partition.
final class DocumentLists: Sendable {
  /// Documents of the partition.
  let count: Int
  /// Terms of the partition.
  let termCount: Int
  /// The documents' numbers in the whole, in the order in which they came.
  let documents: FlatBuffer<UInt32>
  /// Where each document's terms begin, and behind the last where they end.
  let starts: FlatBuffer<UInt32>
  /// The terms of all documents, one document behind the other; may be longer than what `starts` says.
  let terms: FlatBuffer<UInt32>
  /// In how many documents of the partition each term is.
  let degrees: FlatBuffer<UInt32>

  init(
    documents: FlatBuffer<UInt32>, starts: FlatBuffer<UInt32>, terms: FlatBuffer<UInt32>, degrees: FlatBuffer<UInt32>
  ) {
    precondition(starts.count == documents.count + 1)
    count = documents.count
    termCount = degrees.count
    self.documents = documents
    self.starts = starts
    self.terms = terms
    self.degrees = degrees
  }

  /// Terms of all documents together.
  var postings: Int { Int(starts[count]) }
}
