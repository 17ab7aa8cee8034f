// Finds the places of a phrase among the tokens of a text.
import Analysis

/// Collects the terms of one phrase as they come and yields the places where they stand together.
///
/// A term's start is its position less its slot's: where all terms are in place, their starts are equal, and the width
/// of a place, the distance of its greatest start from its least, is what `slop` limits. Minimal places are found by a
/// window that slides over the terms in the order of their starts.
struct PhraseTracker {
  private struct Part {
    var start: Int
    var slot: Int
    var position: Int
    var endPosition: Int
    var from: UInt32
    var to: UInt32
  }

  private let offsets: [Int]
  private let slop: Int
  private let target: Int32
  /// Slots with the same term, in the order of their positions: they need different tokens.
  private let repeated: [[Int]]
  private let lastOffset: Int
  private var parts: [Part] = []
  // The window is parts[left..<scanned]; those after it are not in order yet.
  private var left = 0
  private var scanned = 0
  private var counts: [Int]
  private var filled = 0

  init(_ phrase: HighlightTargets.Phrase, target: Int) {
    offsets = phrase.slots.map { Int($0.position) }
    lastOffset = max(0, offsets.max() ?? 0)
    slop = min(max(0, phrase.slop), Int(Int32.max))
    self.target = Int32(truncatingIfNeeded: target)
    counts = Array(repeating: 0, count: phrase.slots.count)
    var slots: [HighlightTargets.Unit: [Int]] = [:]
    for (slot, place) in phrase.slots.enumerated() { slots[place.unit, default: []].append(slot) }
    let offsets = offsets
    repeated = slots.values.filter { $0.count > 1 }.map { $0.sorted { offsets[$0] < offsets[$1] } }
  }

  /// Where the text begins that places yet to be found may cover.
  var unsettledStart: Int? { parts[left...].map { Int($0.from) }.min() }

  /// Takes a token that has the term of a slot. Positions ascend from call to call.
  mutating func add(_ token: Token, slot: Int) {
    parts.append(
      Part(
        start: Int(token.position) - offsets[slot], slot: slot, position: Int(token.position),
        endPosition: Int(token.position) + Int(token.positionLength), from: token.startOffset, to: token.endOffset))
  }

  /// Yields the places that no token from `position` on can change.
  mutating func settle(before position: Int, into hits: inout [Hit]) {
    guard scanned < parts.count else { return }
    let limit = position - lastOffset
    parts[scanned...].sort { ($0.start, $0.slot) < ($1.start, $1.slot) }
    while scanned < parts.count, parts[scanned].start < limit {
      let part = parts[scanned]
      scanned += 1
      counts[part.slot] += 1
      if counts[part.slot] == 1 { filled += 1 }
      while part.start - parts[left].start > slop { dropFirst() }
      guard isComplete else { continue }
      var first = left
      while isComplete {
        first = left
        dropFirst()
      }
      yield(parts[first..<scanned], into: &hits)
    }
    if left > parts.count / 2 {
      parts.removeFirst(left)
      scanned -= left
      left = 0
    }
  }

  private mutating func dropFirst() {
    let slot = parts[left].slot
    left += 1
    counts[slot] -= 1
    if counts[slot] == 0 { filled -= 1 }
  }

  private var isComplete: Bool {
    guard filled == counts.count, left < scanned else { return false }
    // Without slop equal starts are different positions already.
    guard slop > 0 else { return true }
    // Slots of one term allow ranges of positions of one length, so taking the first free one in order is best.
    for slots in repeated {
      var taken = Int.min
      for slot in slots {
        guard let free = parts[left..<scanned].first(where: { $0.slot == slot && $0.position > taken }) else {
          return false
        }
        taken = free.position
      }
    }
    return true
  }

  /// Terms at successive positions make one mark, terms with others between them several.
  private func yield(_ place: ArraySlice<Part>, into hits: inout [Hit]) {
    let ordered = place.sorted { ($0.position, $0.from) < ($1.position, $1.from) }
    guard let first = ordered.first else { return }
    var marks = [Hit(start: first.from, end: first.to, target: Hit.noTarget, isMark: true)]
    var endPosition = first.endPosition
    for part in ordered.dropFirst() {
      if part.position <= endPosition {
        marks[marks.count - 1].end = max(marks[marks.count - 1].end, part.to)
      } else {
        marks.append(Hit(start: part.from, end: part.to, target: Hit.noTarget, isMark: true))
      }
      endPosition = max(endPosition, part.endPosition)
    }
    if marks.count == 1 {
      marks[0].target = target
    } else {
      let end = marks.reduce(0) { max($0, $1.end) }
      hits.append(Hit(start: first.from, end: end, target: target, isMark: false))
    }
    hits += marks
  }
}
