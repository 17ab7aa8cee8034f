// How often the terms of a phrase stand at their places in a document.

internal import Storage

/// Reads the positions of a phrase's terms in one document after another and counts where they fit together.
final class PhraseMatcher {
  private var positions: [PositionsCursor]
  private let offsets: [UInt32]
  private let slop: UInt32
  private let found: [PositionList]

  /// `slots` are not empty; those of rare terms first make it stop early.
  init(_ slots: [(positions: PositionsCursor, offset: UInt32)], slop: UInt32) {
    precondition(!slots.isEmpty)
    positions = slots.map(\.positions)
    offsets = slots.map(\.offset)
    self.slop = slop
    found = slots.map { _ in PositionList() }
  }

  /// How often the phrase stands in a document; 0 where it does not. With slop the sum of 1 / (1 + width) over the places
  /// where it does. `locate` gives the cursor of a slot's term, which has found the document, and where.
  @inline(__always)
  func frequency(_ locate: (Int) -> (cursor: PostingsCursor, block: Int, place: Int)) -> Float {
    slop == 0 ? exactFrequency(locate) : sloppyFrequency(locate)
  }

  @inline(__always)
  private func read(_ slot: Int, _ locate: (Int) -> (cursor: PostingsCursor, block: Int, place: Int)) -> PositionList {
    let (cursor, block, place) = locate(slot)
    let list = found[slot]
    positions[slot].read(cursor, block: block, place: place, into: list)
    return list
  }

  /// Starts that the first term allows, kept where each further one does.
  @inline(__always)
  private func exactFrequency(_ locate: (Int) -> (cursor: PostingsCursor, block: Int, place: Int)) -> Float {
    let starts = read(0, locate)
    // Starts are compared shifted by the offset of the first term, so that none is negative.
    let base = offsets[0]
    for slot in offsets.indices.dropFirst() {
      let others = read(slot, locate)
      let kept = unsafe Self.keep(starts.values, offset: offsets[slot] &- base, in: UnsafeBufferPointer(others.values))
      starts.truncate(to: kept)
      if kept == 0 { return 0 }
    }
    return Float(starts.count)
  }

  /// Keeps the starts that, moved by `offset`, are among the ascending positions. Returns how many; each counts once, also
  /// where a term stands twice at a position.
  @inline(__always)
  private static func keep(
    _ starts: UnsafeMutableBufferPointer<UInt32>, offset: UInt32, in positions: UnsafeBufferPointer<UInt32>
  ) -> Int {
    var kept = 0
    var at = 0
    for place in 0..<starts.count {
      let start = unsafe starts[place]
      let wanted = Int(start) + Int(Int32(bitPattern: offset))
      while at < positions.count, unsafe Int(positions[at]) < wanted { at += 1 }
      if at == positions.count { break }
      if unsafe Int(positions[at]) == wanted, unsafe kept == 0 || starts[kept - 1] != start {
        unsafe starts[kept] = start
        kept += 1
      }
    }
    return kept
  }

  /// The sum of 1 / (1 + width) over the windows in which all terms stand, each moved from its place by no more than the
  /// slop in all: the width is the distance between the most and the least moved one.
  private func sloppyFrequency(_ locate: (Int) -> (cursor: PostingsCursor, block: Int, place: Int)) -> Float {
    // Positions less the term's offset, shifted so that they cannot be negative.
    let shift = Int(offsets.max() ?? 0)
    var starts: [[Int]] = []
    for slot in offsets.indices {
      let list = read(slot, locate)
      if list.count == 0 { return 0 }
      let offset = Int(offsets[slot])
      starts.append((0..<list.count).map { Int(list[$0]) - offset + shift })
    }
    var at = [Int](repeating: 0, count: starts.count)
    var sum: Float = 0
    while true {
      var low = 0
      var high = starts[0][at[0]]
      for slot in starts.indices {
        let start = starts[slot][at[slot]]
        if start < starts[low][at[low]] { low = slot }
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
