// Where the index lies.

import ArgumentParser
@preconcurrency import Glibc
import Loquat

/// The option that names an index, and the places looked at without it.
struct IndexLocation: ParsableArguments {
  @Option(
    name: .customLong("index"), help: "The index (default: $LOQUAT_INDEX, else the nearest .loquat folder above).")
  var path: String?

  /// The folder of an existing index.
  ///
  /// - Throws: ``CommandError`` when none is named and none is found.
  func existing() throws -> String {
    if let named { return named }
    guard
      var folder = getcwd(nil, 0).map({ pointer in
        defer { free(pointer) }
        return String(cString: pointer)
      })
    else { throw CommandError("the current folder cannot be read") }
    while true {
      let candidate = folder == "/" ? "/.loquat" : folder + "/.loquat"
      if access(candidate, F_OK) == 0 { return candidate }
      guard folder != "/", let slash = folder.lastIndex(of: "/") else { break }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
    throw CommandError(
      "no index found: there is no .loquat folder here or above; make one with \"loquat index FOLDER\" or name one with --index"
    )
  }

  /// The index that the options or the environment name.
  var named: String? {
    if let path { return path }
    return getenv("LOQUAT_INDEX").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Opens the index. One that another analysis made is said so, once.
  func open() throws -> LoquatIndex {
    let index = try LoquatIndex.open(path: try existing())
    if let difference = index.current.analyzerDifference {
      Terminal.printError(
        "the index was made by another analysis (\(difference)): searches may miss words until loquat reindex makes it anew"
      )
    }
    return index
  }
}
