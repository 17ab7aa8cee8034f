// What a finished file is known by.

/// Facts about a finished file, for those that name it.
public struct IndexFileSummary: Sendable, Hashable {
  /// The file's name.
  public let name: String
  /// What it holds.
  public let kind: FileKind
  /// Bytes of the whole file.
  public let length: Int
  /// The checksum of the checksums of its pages, so of everything in it: ``IndexFile/checksum``.
  public let checksum: UInt32
}
