// The words that a user adds to the dictionary.

/// Extra dictionary words, looked up by their first character. Immutable once made.
final class UserWords: Sendable {
  /// Cheaper than every word of the dictionary, so that a user's word wins wherever it occurs.
  static let cost: UInt32 = 1

  private let words: [UInt16: [[UInt16]]]

  /// `folded` are words in folded form; those that aren't written in a script without spaces do no harm,
  /// those that are longer than a word can be are left out.
  init(folded: [String]) {
    var words: [UInt16: [[UInt16]]] = [:]
    for word in Set(folded) {
      let units = Array(word.utf16)
      if let first = units.first, units.count <= HanRun.maximumWord { words[first, default: []].append(units) }
    }
    self.words = words
  }

  /// The length of the longest word that `units` begins with; 0 where none does.
  func longestPrefix(_ units: UnsafePointer<UInt16>, count: Int) -> Int {
    var longest = 0
    forEachPrefix(units, count: count) { longest = max(longest, $0) }
    return longest
  }

  /// Calls `body` with the length of each word that `units` begins with.
  @inline(__always)
  func forEachPrefix(_ units: UnsafePointer<UInt16>, count: Int, _ body: (Int) -> Void) {
    guard let candidates = words[units[0]] else { return }
    for word in candidates where word.count <= count {
      var i = 1
      while i < word.count && units[i] == word[i] { i += 1 }
      if i == word.count { body(i) }
    }
  }
}
