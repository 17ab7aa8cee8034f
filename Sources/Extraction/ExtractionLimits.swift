// Every limit of extraction in one place: what is beyond one is refused with a typed error or handled more simply.

/// The limits that keep hostile input from taking time, stack or memory without bound.
public enum ExtractionLimits {
  /// The largest file that is read as one document, in bytes. JSON Lines are streamed and know no such limit.
  public static let maximalFileSizeInBytes = 1 << 30

  /// The longest line of a JSON Lines file, in bytes; a longer one is refused and the rest goes on.
  public static let maximalLineLengthInBytes = 256 << 20

  /// The size that a chunk of whole lines aims at, in bytes.
  public static let lineChunkSizeInBytes = 1 << 20

  /// The deepest nesting of objects and arrays in a JSON line.
  public static let maximalJSONDepth = 256

  /// The most fields that one JSON line may have after nested objects and arrays are flattened.
  public static let maximalFieldsPerRecord = 65_536

  /// The deepest nesting of elements for which an HTML document is parsed into a tree, as in today's browsers; a deeper
  /// document has its tags taken out instead.
  public static let maximalHTMLDepth = 512

  /// The most attributes that a tag of an HTML document may have for it to be parsed into a tree.
  public static let maximalHTMLAttributesPerTag = 512

  /// The most memory that the tree of an HTML document may take, in bytes; beyond it, tags are taken out instead.
  public static let maximalHTMLTreeSizeInBytes = 64 << 20

  /// The longest name of a character reference in HTML, in bytes; the standard's longest has 31 letters.
  public static let maximalEntityNameLengthInBytes = 32

  /// The most different named character references that one document may have decoded.
  public static let maximalEntityNamesPerDocument = 1_024

  /// The largest Markdown document that is parsed as a whole, in bytes; a larger one is cut at empty lines.
  public static let markdownChunkSizeInBytes = 1 << 20

  /// The most lists and quotes that one line of Markdown may open for it to be parsed; beyond it, it is plain text.
  public static let maximalMarkdownDepth = 128

  /// How many times the size of a Markdown document its parser's events may number before it is taken as plain text.
  public static let markdownEventsPerByte = 4

  /// The most headings kept of a document.
  public static let maximalHeadings = 10_000

  /// The longest title or heading, in bytes of UTF-8; the rest is cut off at a character.
  public static let maximalTitleLengthInBytes = 1_024

  /// The largest ignore file that is read, in bytes; a larger one is reported and has no effect.
  public static let maximalIgnoreFileSizeInBytes = 1 << 20

  /// The deepest folder below a root that is walked into; each level holds one file descriptor.
  public static let maximalFolderDepth = 200

  /// The sample of a file that encodings are judged by, in bytes, spread over the whole file.
  public static let encodingSampleSizeInBytes = 128 << 10

  /// The first bytes of a file that must look like text before the rest is read.
  public static let sniffedBytes = 64 << 10

  /// The share of control characters from which a file counts as binary, in percent.
  public static let binaryControlPercentage = 1

  /// The share of undecodable sequences from which a file counts as binary, in percent of its characters.
  public static let undecodablePercentage = 10

  /// The most problems of single lines that are kept with their messages per file; all are counted.
  public static let maximalReportedProblems = 100
}
