// Files of queries: `qid<TAB>text` lines.

@preconcurrency import Glibc

/// A file of queries, read line by line; empty lines are skipped.
final class QueryFile {
  private let path: String
  private let descriptor: Int32

  /// Opens the file.
  ///
  /// - Throws: ``CommandError`` when it cannot be read.
  init(_ path: String) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw CommandError("\(path) cannot be read: \(String(cString: strerror(errno)))") }
  }

  deinit { close(descriptor) }

  /// Calls `body` with each query in turn; the file is read once.
  ///
  /// - Throws: ``CommandError`` at a line without a tab or with an id that came before, and what `body` throws.
  func forEachQuery(_ body: (_ qid: String, _ text: String) throws -> Void) throws {
    var lines = InputLines(descriptor: descriptor)
    var number = 0
    var seen: Set<String> = []
    while let line = lines.next() {
      number += 1
      if line.isEmpty { continue }
      guard let tab = line.firstIndex(of: "\t") else { throw CommandError("\(path):\(number): there is no tab") }
      let qid = String(line[..<tab])
      guard seen.insert(qid).inserted else { throw CommandError("\(path):\(number): the query \(qid) comes twice") }
      try body(qid, String(line[line.index(after: tab)...]))
    }
  }
}
