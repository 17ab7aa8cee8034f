// Bounded reading of bytes in hot code.

/// Reads little-endian integers and varints from a range of bytes, and never outside it.
///
/// A read past the end, or a varint over 64 bits, sets `failed`, moves to the end and gives 0, so that a
/// decoding loop ends soon and its caller checks once. Invariant: `position <= end`, both within one live
/// buffer that the creator keeps alive.
@safe
struct RawCursor {
  private(set) var position: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  private(set) var failed = false

  @inline(__always)
  init(_ start: UnsafePointer<UInt8>, count: Int) {
    unsafe position = start
    unsafe end = start + count
  }

  @inline(__always)
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return nil }
    unsafe self.init(base.assumingMemoryBound(to: UInt8.self), count: bytes.count)
  }

  @inline(__always)
  var remaining: Int { unsafe end - position }

  @inline(__always)
  mutating func byte() -> UInt8 {
    guard unsafe position < end else {
      failed = true
      return 0
    }
    defer { unsafe position += 1 }
    return unsafe position.pointee
  }

  @inline(__always)
  mutating func varint() -> UInt64 {
    let first = byte()
    if first < 0x80 { return UInt64(first) }
    return longVarint(first)
  }

  private mutating func longVarint(_ first: UInt8) -> UInt64 {
    var value = UInt64(first & 0x7F)
    var shift: UInt64 = 7
    while true {
      let next = byte()
      if failed { return 0 }
      if shift >= 63, next > 1 {
        fail()
        return 0
      }
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
      shift += 7
    }
  }

  /// A varint that fits an `Int` below 2^48, the bound of every offset and count in a file.
  @inline(__always)
  mutating func count() -> Int {
    let value = varint()
    guard value < 1 << 48 else {
      fail()
      return 0
    }
    return Int(truncatingIfNeeded: value)
  }

  /// The next `length` bytes; nil (and failed) when fewer are left.
  @inline(__always)
  mutating func bytes(_ length: Int) -> UnsafePointer<UInt8>? {
    guard length >= 0, length <= remaining else {
      fail()
      return nil
    }
    defer { unsafe position += length }
    return unsafe position
  }

  mutating func fail() {
    failed = true
    unsafe position = end
  }
}
