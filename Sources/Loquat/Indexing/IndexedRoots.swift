// The folders whose files an index holds.

import FoundationEssentials
import InvertedIndex

/// Roots of files: each has a number that its documents carry and a prefix that their ids begin with. The first root has
/// no prefix, further ones the name of their folder, so that ids stay apart.
struct IndexedRoots: Codable, Equatable {
  struct Root: Codable, Equatable {
    /// Absolute, or relative to the folder in which the index lies when the root is that folder or below it, so that
    /// both can be moved together.
    var path: String
    var prefix: String
  }

  private(set) var roots: [Root] = []
  private static let key = "roots"

  /// A given path, as part of a root.
  struct Scope {
    /// The root's number.
    var root: Int
    /// What the ids of files below the path begin with.
    var idPrefix: String
  }

  init() {}

  init(userData: [String: String]) throws {
    guard let json = userData[Self.key] else { return }
    self = try JSONDecoder().decode(IndexedRoots.self, from: Data(json.utf8))
  }

  func write(to writer: IndexWriter) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    writer.setUserData(String(decoding: try encoder.encode(self), as: UTF8.self), forKey: Self.key)
  }

  /// The scope of a folder; the folder becomes a root when it lies in none. Paths are absolute and free of links; `base`
  /// is the folder in which the index lies, nil for an index that lies nowhere.
  mutating func scope(of folder: String, base: String?) -> Scope {
    for (number, root) in roots.enumerated() {
      let absolute = Self.absolute(root.path, base)
      if folder == absolute { return Scope(root: number, idPrefix: root.prefix) }
      let below = absolute == "/" ? absolute : absolute + "/"
      if folder.hasPrefix(below) {
        return Scope(root: number, idPrefix: root.prefix + folder.dropFirst(below.count) + "/")
      }
    }
    let prefix = roots.isEmpty ? "" : freePrefix(folder)
    roots.append(Root(path: Self.relative(folder, base), prefix: prefix))
    return Scope(root: roots.count - 1, idPrefix: prefix)
  }

  /// The absolute path of the file with an id.
  func path(ofID id: String, root: Int, base: String?) -> String? {
    guard roots.indices.contains(root), id.hasPrefix(roots[root].prefix) else { return nil }
    return Self.absolute(roots[root].path, base) + "/" + id.dropFirst(roots[root].prefix.count)
  }

  private func freePrefix(_ folder: String) -> String {
    let name = folder.split(separator: "/").last.map(String.init) ?? "root"
    var candidate = name + "/"
    var number = 2
    while roots.contains(where: { $0.prefix == candidate }) {
      candidate = "\(name)-\(number)/"
      number += 1
    }
    return candidate
  }

  private static func absolute(_ path: String, _ base: String?) -> String {
    guard !path.hasPrefix("/"), let base else { return path }
    return path == "." ? base : base + "/" + path
  }

  private static func relative(_ path: String, _ base: String?) -> String {
    guard let base else { return path }
    if path == base { return "." }
    return path.hasPrefix(base + "/") ? String(path.dropFirst(base.count + 1)) : path
  }
}
