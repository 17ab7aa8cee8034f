// The positions of a term in one document.

/// Positions in ascending order. Reused from document to document; owned by one, so not copied.
///
/// Invariant: `count <= capacity`, and `base` has room for `capacity` positions.
@safe
struct PositionList: ~Copyable {
  private var base: UnsafeMutablePointer<UInt32>
  private var capacity: Int
  private(set) var count = 0

  init() {
    capacity = 32
    unsafe base = .allocate(capacity: 32)
  }

  deinit { unsafe base.deallocate() }

  @inline(__always)
  mutating func removeAll() { count = 0 }

  @inline(__always)
  subscript(place: Int) -> UInt32 {
    precondition(place >= 0 && place < count)
    return unsafe base[place]
  }

  @inline(__always)
  mutating func append(_ position: UInt32) { unsafe append(uninitialized: 1).pointee = position }

  /// Makes room for more positions and returns where they go; the caller writes all of them.
  @inline(__always)
  mutating func append(uninitialized length: Int) -> UnsafeMutablePointer<UInt32> {
    if count + length > capacity { grow(length) }
    defer { count += length }
    return unsafe base + count
  }

  private mutating func grow(_ length: Int) {
    let larger = max(2 * capacity, count + length)
    let positions = UnsafeMutablePointer<UInt32>.allocate(capacity: larger)
    unsafe positions.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = positions
    capacity = larger
  }

  /// The first position. Valid until the list changes.
  @inline(__always)
  var start: UnsafePointer<UInt32> { unsafe UnsafePointer(base) }

  /// Turns the distances from one position to the next into positions.
  @inline(__always)
  mutating func addUp() {
    var position: UInt32 = 0
    for place in 0..<count {
      position = unsafe position &+ base[place]
      unsafe base[place] = position
    }
  }

  /// Keeps the positions that, moved by `offset`, are among those of another list; each once, also where it stood twice.
  @inline(__always)
  mutating func keep(movedBy offset: Int, in other: borrowing PositionList) {
    var kept = 0
    var at = 0
    for place in 0..<count {
      let position = unsafe base[place]
      let wanted = Int(position) + offset
      while at < other.count, unsafe Int(other.base[at]) < wanted { at += 1 }
      if at == other.count { break }
      if unsafe Int(other.base[at]) == wanted, unsafe kept == 0 || base[kept - 1] != position {
        unsafe base[kept] = position
        kept += 1
      }
    }
    count = kept
  }
}
