// One line of an ignore file.

/// A pattern of the language of gitignore(5).
struct IgnorePattern {
  /// The pattern takes back what earlier ones ignored.
  let isNegated: Bool
  /// The pattern is for folders only.
  let isForFolders: Bool
  /// Path components; nil stands for `**`.
  private let components: [[UInt8]?]
  /// Without a slash inside, the pattern is for the last component of a path at any depth.
  private let isAnchored: Bool

  /// Parses a line without its end; nil for an empty line or a comment.
  init?(line: ArraySlice<UInt8>) {
    var rest = Self.trimmingTrailingSpaces(line)
    guard let first = rest.first, first != UInt8(ascii: "#") else { return nil }
    isNegated = first == UInt8(ascii: "!")
    if isNegated { rest = rest.dropFirst() }
    isForFolders = rest.last == UInt8(ascii: "/")
    if isForFolders { rest = rest.dropLast() }
    guard !rest.isEmpty else { return nil }
    isAnchored = rest.contains(UInt8(ascii: "/"))
    if rest.first == UInt8(ascii: "/") { rest = rest.dropFirst() }
    guard !rest.isEmpty else { return nil }
    var components: [[UInt8]?] = []
    for part in rest.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      let isDoubleStar = isAnchored && part.elementsEqual([UInt8(ascii: "*"), UInt8(ascii: "*")])
      if isDoubleStar, let last = components.last, last == nil { continue }
      components.append(isDoubleStar ? nil : Array(part))
    }
    // `a/**` is for everything in `a`, but not for `a` itself.
    if let last = components.last, last == nil { components.append([UInt8(ascii: "*")]) }
    self.components = components
  }

  /// Blanks at the end don't count unless a backslash precedes them; a carriage return never does.
  private static func trimmingTrailingSpaces(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    if line.last == 0x0D { line = line.dropLast() }
    while let last = line.last, last == 0x20 || last == 0x09 {
      let backslashes = line.dropLast().reversed().prefix { $0 == UInt8(ascii: "\\") }.count
      if backslashes % 2 == 1 { break }
      line = line.dropLast()
    }
    return line
  }

  /// Whether the pattern is for the path, given as its components below the ignore file's folder.
  ///
  /// Time is at most the product of both lengths, times the number of components where there is a `**`.
  func matches(_ path: ArraySlice<[UInt8]>, isFolder: Bool) -> Bool {
    guard isFolder || !isForFolders, let name = path.last else { return false }
    if !isAnchored {
      guard let component = components.first, let component else { return false }
      return IgnoreGlob.matches(component[...], name[...])
    }
    var p = 0
    var n = path.startIndex
    var afterDoubleStar: Int?
    var doubleStarEnd = n
    while n < path.endIndex {
      if p < components.count {
        guard let component = components[p] else {
          p += 1
          afterDoubleStar = p
          doubleStarEnd = n
          continue
        }
        if IgnoreGlob.matches(component[...], path[n][...]) {
          p += 1
          n += 1
          continue
        }
      }
      guard let restart = afterDoubleStar else { return false }
      doubleStarEnd += 1
      p = restart
      n = doubleStarEnd
    }
    return p == components.count
  }
}
