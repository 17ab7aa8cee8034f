// The names that files of a directory can have.

/// Checks names before they reach the file system.
package enum FileName {
  /// The most bytes of a name, as in POSIX's NAME_MAX on Linux.
  package static let maximumLength = 255

  /// - Throws: `invalidArgument` for a name that is empty, too long, "." or "..", or has a "/" or a NUL.
  package static func check(_ name: String) throws(IndexError) {
    let bytes = name.utf8
    guard !bytes.isEmpty, bytes.count <= maximumLength, name != ".", name != "..", !bytes.contains(0x2F),
      !bytes.contains(0)
    else { throw IndexError(.invalidArgument, "not a name of a file in an index: \(name.debugDescription)") }
  }
}
