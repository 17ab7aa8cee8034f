// How often the terms of a phrase stand at their places in a document.

internal import Storage

/// Reads the positions of a phrase's terms in one document after another and counts where they fit together.
///
/// Invariant: `cursors` and `found` point to as many initialised elements as there are `offsets`, owned here.
@safe
final class PhraseMatcher {
  private let cursors: UnsafeMutablePointer<PositionsCursor>
  private let found: UnsafeMutablePointer<PositionList>
  private let offsets: [UInt32]
  private let slop: UInt32
  /// With slop, of each slot that has several parts: the first part, which stands for the slot, and the others.
  private let groups: [(first: Int, others: [Int])]
  /// With slop, the slots that are moved: all but those that are further parts of one.
  private let moved: [Int]
  /// For each slot the next one with the same term, by offset; -1 for none.
  private let nextOfTerm: [Int]
  /// Which of its positions each slot stands on; kept for their memory.
  private var at: [Int]
  private var starts: [Int]

  /// `slots` are not empty; those of rare terms first make it stop early.
  init(_ slots: [(positions: PositionsCursor, place: PhrasePlace)], slop: UInt32) {
    precondition(!slots.isEmpty)
    unsafe cursors = .allocate(capacity: slots.count)
    unsafe found = .allocate(capacity: slots.count)
    for (slot, (positions, _)) in slots.enumerated() {
      unsafe (cursors + slot).initialize(to: positions)
      unsafe (found + slot).initialize(to: PositionList())
    }
    let offsets = slots.map(\.place.offset)
    self.offsets = offsets
    self.slop = slop
    at = [Int](repeating: 0, count: slots.count)
    starts = at
    var next = [Int](repeating: -1, count: slots.count)
    var groups: [(first: Int, others: [Int])] = []
    var moved: [Int] = []
    if slop > 0 {
      let bySlot = Dictionary(grouping: slots.indices) { slots[$0].place.slot }
      for parts in bySlot.values {
        let ordered = parts.sorted { offsets[$0] < offsets[$1] }
        moved.append(ordered[0])
        if ordered.count > 1 { groups.append((ordered[0], Array(ordered.dropFirst()))) }
      }
      moved.sort()
      let byTerm = Dictionary(grouping: moved) { slots[$0].place.term }
      for same in byTerm.values where same.count > 1 {
        let ordered = same.sorted { offsets[$0] < offsets[$1] }
        for (slot, following) in zip(ordered, ordered.dropFirst()) { next[slot] = following }
      }
    }
    nextOfTerm = next
    self.groups = groups
    self.moved = moved
  }

  deinit {
    unsafe cursors.deinitialize(count: offsets.count)
    unsafe cursors.deallocate()
    unsafe found.deinitialize(count: offsets.count)
    unsafe found.deallocate()
  }

  /// How often the phrase stands in a document; 0 where it does not. With slop the sum of 1 / (1 + width) over the places
  /// where it does. `read` reads the positions of a slot's term in the document.
  @inline(__always)
  func frequency(_ read: (_ slot: Int, _ cursor: inout PositionsCursor, _ list: inout PositionList) -> Void) -> Float {
    slop == 0 ? exactFrequency(read) : sloppyFrequency(read)
  }

  /// Starts that the first term allows, kept where each further one does.
  @inline(__always)
  private func exactFrequency(
    _ read: (_ slot: Int, _ cursor: inout PositionsCursor, _ list: inout PositionList) -> Void
  ) -> Float {
    unsafe read(0, &cursors[0], &found[0])
    let base = offsets[0]
    for slot in 1..<max(1, offsets.count) {
      unsafe read(slot, &cursors[slot], &found[slot])
      unsafe found[0].keep(movedBy: Int(offsets[slot]) - Int(base), in: found[slot])
      if unsafe found[0].count == 0 { return 0 }
    }
    return unsafe Float(found[0].count)
  }

  /// The sum of 1 / (1 + width) over windows in which all terms stand, each moved from its place by no more than the slop
  /// in all: the width is the distance between the most and the least moved one.
  ///
  /// A window is the first that begins at or after some start: all slots stand on the first starts that are not below it,
  /// slots with one term on different positions, in the order of their offsets. From window to window the lowest start
  /// moves on.
  private func sloppyFrequency(
    _ read: (_ slot: Int, _ cursor: inout PositionsCursor, _ list: inout PositionList) -> Void
  ) -> Float {
    for slot in offsets.indices {
      unsafe read(slot, &cursors[slot], &found[slot])
      if unsafe found[slot].count == 0 { return 0 }
      at[slot] = 0
    }
    for (first, others) in groups {
      for part in others {
        unsafe found[first].keep(movedBy: Int(offsets[part]) - Int(offsets[first]), in: found[part])
      }
      if unsafe found[first].count == 0 { return 0 }
    }
    for slot in moved { starts[slot] = start(slot) }
    for slot in moved where nextOfTerm[slot] >= 0 {
      if !pushOn(from: slot) { return 0 }
    }
    var sum: Float = 0
    while true {
      var low = moved[0]
      var high = starts[low]
      for slot in moved.dropFirst() {
        let start = starts[slot]
        // Of equal starts the one of the lowest offset moves on: the order of the slots is not the same in every segment.
        if start < starts[low] || (start == starts[low] && offsets[slot] < offsets[low]) { low = slot }
        high = max(high, start)
      }
      let width = high - starts[low]
      if width <= Int(slop), isDistinct { sum += 1 / Float(1 + width) }
      at[low] += 1
      guard unsafe at[low] < found[low].count else { return sum }
      starts[low] = start(low)
      guard pushOn(from: low) else { return sum }
    }
  }

  @inline(__always)
  private func start(_ slot: Int) -> Int { unsafe Int(found[slot][at[slot]]) - Int(offsets[slot]) }

  /// Moves the slots behind one that have its term on to later positions than those before them; false where there are
  /// none left.
  private func pushOn(from slot: Int) -> Bool {
    var slot = slot
    while case let next = nextOfTerm[slot], next >= 0, at[next] <= at[slot] {
      at[next] = at[slot] + 1
      guard unsafe at[next] < found[next].count else { return false }
      starts[next] = start(next)
      slot = next
    }
    return true
  }

  /// Whether no two terms take the same position.
  private var isDistinct: Bool {
    for (index, slot) in moved.enumerated().dropFirst() {
      let position = starts[slot] + Int(offsets[slot])
      for other in moved[..<index] where starts[other] + Int(offsets[other]) == position { return false }
    }
    return true
  }
}
