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

  /// `slots` are not empty; those of rare terms first make it stop early.
  init(_ slots: [(positions: PositionsCursor, offset: UInt32)], slop: UInt32) {
    precondition(!slots.isEmpty)
    unsafe cursors = .allocate(capacity: slots.count)
    unsafe found = .allocate(capacity: slots.count)
    for (slot, (positions, _)) in slots.enumerated() {
      unsafe (cursors + slot).initialize(to: positions)
      unsafe (found + slot).initialize(to: PositionList())
    }
    offsets = slots.map(\.offset)
    self.slop = slop
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

  /// The sum of 1 / (1 + width) over the windows in which all terms stand, each moved from its place by no more than the
  /// slop in all: the width is the distance between the most and the least moved one.
  private func sloppyFrequency(
    _ read: (_ slot: Int, _ cursor: inout PositionsCursor, _ list: inout PositionList) -> Void
  ) -> Float {
    // Positions less the term's offset, shifted so that they cannot be negative.
    let shift = Int(offsets.max() ?? 0)
    var starts: [[Int]] = []
    for slot in offsets.indices {
      unsafe read(slot, &cursors[slot], &found[slot])
      let count = unsafe found[slot].count
      if count == 0 { return 0 }
      let offset = Int(offsets[slot])
      starts.append((0..<count).map { unsafe Int(found[slot][$0]) - offset + shift })
    }
    var at = [Int](repeating: 0, count: starts.count)
    var sum: Float = 0
    while true {
      var low = 0
      var high = starts[0][at[0]]
      for slot in starts.indices {
        let start = starts[slot][at[slot]]
        // Of equal starts the one of the lowest offset moves on: the order of the slots is not the same in every segment.
        let lowest = starts[low][at[low]]
        if start < lowest || (start == lowest && offsets[slot] < offsets[low]) { low = slot }
        high = max(high, start)
      }
      let width = high - starts[low][at[low]]
      if width <= Int(slop), isDistinct(at, starts) { sum += 1 / Float(1 + width) }
      at[low] += 1
      if at[low] == starts[low].count { return sum }
    }
  }

  /// Whether no two terms of the phrase take the same position, as two slots with one term would.
  private func isDistinct(_ at: [Int], _ starts: [[Int]]) -> Bool {
    guard starts.count > 1 else { return true }
    var taken = Set<Int>()
    for slot in starts.indices where !taken.insert(starts[slot][at[slot]] + Int(offsets[slot])).inserted {
      return false
    }
    return true
  }
}
