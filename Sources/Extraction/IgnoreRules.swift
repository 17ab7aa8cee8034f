// The ignore files of one folder.

/// The patterns that hold in a folder and below it, the later ones going before the earlier.
struct IgnoreRules {
  /// The names of ignore files, the last having the last word.
  static let fileNames = [".gitignore", ".ignore", ".loquatignore"]

  /// What the rules say about a path.
  enum Verdict {
    case ignored
    case kept
    case undecided
  }

  private var patterns: [IgnorePattern] = []

  /// Whether there are no patterns.
  var isEmpty: Bool { patterns.isEmpty }

  /// Adds the lines of an ignore file.
  mutating func add(contentsOf bytes: [UInt8]) {
    var bytes = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    for line in bytes.split(separator: 0x0A) {
      if let pattern = IgnorePattern(line: line) { patterns.append(pattern) }
    }
  }

  /// The word of the last pattern that is for the path, whose components are counted from the rules' folder.
  func verdict(on path: ArraySlice<[UInt8]>, isFolder: Bool) -> Verdict {
    for pattern in patterns.reversed() where pattern.matches(path, isFolder: isFolder) {
      return pattern.isNegated ? .kept : .ignored
    }
    return .undecided
  }
}
