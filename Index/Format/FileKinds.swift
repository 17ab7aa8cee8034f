// The kinds of file in an index, their names, and the versions this code writes and reads.

package import Storage

/// What one file of a segment holds. The raw value is the file name's ending and the key in statistics.
public enum SegmentFile: String, CaseIterable, Sendable {
  /// Facts about the segment: counts, fields, statistics, the list of its files.
  case info
  /// The term dictionary.
  case terms
  /// Document identifiers and frequencies of each term, with skip data and impacts.
  case postings
  /// Positions of each term in its documents.
  case positions
  /// Field lengths, one byte a document and field.
  case norms
  /// External document ids.
  case ids
  /// Stored fields.
  case store
  /// Numeric columns.
  case columns
  /// Which documents are not deleted.
  case live

  package var kind: FileKind {
    switch self {
    case .info: FileKind("info")
    case .terms: FileKind("term")
    case .postings: FileKind("post")
    case .positions: FileKind("posi")
    case .norms: FileKind("norm")
    case .ids: FileKind("idss")
    case .store: FileKind("stor")
    case .columns: FileKind("cols")
    case .live: FileKind("live")
    }
  }
}

/// The version of the index format. A change to any structure raises it.
public enum FormatVersion {
  /// The version that is written.
  public static let current: UInt16 = 3
  /// The versions that can be read.
  public static let supported: ClosedRange<UInt16> = 3...3
}
