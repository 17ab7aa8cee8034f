// A file or folder that the walker could not hand over.

/// Something that was found, but is not indexed for a reason that its owner may want to know.
public struct SkippedFile: Hashable, Sendable {
  /// Why it was left out.
  public enum Reason: Hashable, Sendable {
    /// The folder or file can't be read.
    case unreadable
    /// The name isn't UTF-8; the path shows U+FFFD for what is wrong.
    case nameNotUTF8
    /// A symbolic link to a folder, which could lead in circles.
    case linkToFolder
    /// A symbolic link to nothing.
    case brokenLink
    /// A device, socket or pipe.
    case notARegularFile
    /// Deeper than `ExtractionLimits.maximalFolderDepth`.
    case tooDeep
    /// An ignore file that is too large or can't be read, and so has no effect.
    case ignoreFileUnreadable
  }

  /// The path below the root.
  public let path: String
  /// Why it was left out.
  public let reason: Reason
  /// The reason as one line for people.
  public let message: String
}
