// A growable buffer of bytes for encoders.

/// Bytes that an encoder appends to, reused from term to term.
///
/// Invariant: `count <= capacity`, and `base` has room for `capacity` bytes. The pointer does not leave
/// this file but for the duration of a `withBytes` call or of an encoder's write into reserved room.
@safe
final class EncodeBuffer {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 1 << 12) {
    self.capacity = max(64, capacity)
    unsafe base = .allocate(capacity: self.capacity)
  }

  deinit { unsafe base.deallocate() }

  /// Bytes held.
  var memory: Int { capacity }

  /// Empties the buffer; gives memory back when it got larger than `kept` bytes.
  func removeAll(keeping kept: Int = .max) {
    count = 0
    guard capacity > kept else { return }
    unsafe base.deallocate()
    capacity = max(64, kept)
    unsafe base = .allocate(capacity: capacity)
  }

  /// Takes bytes back.
  func removeLast(_ length: Int) {
    precondition(length <= count)
    count -= length
  }

  /// Makes room for `length` more bytes and returns where they go; the caller writes all of them.
  @inline(__always)
  func append(uninitialized length: Int) -> UnsafeMutablePointer<UInt8> {
    if count + length > capacity { grow(length) }
    defer { count += length }
    return unsafe base + count
  }

  private func grow(_ length: Int) {
    let larger = max(capacity * 2, count + length)
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    unsafe bytes.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = bytes
    capacity = larger
  }

  @inline(__always)
  func append(_ byte: UInt8) { unsafe append(uninitialized: 1).pointee = byte }

  @inline(__always)
  func append(u32 value: UInt32) {
    unsafe UnsafeMutableRawPointer(append(uninitialized: 4)).storeBytes(of: value.littleEndian, as: UInt32.self)
  }

  @inline(__always)
  func append(u16 value: UInt16) {
    unsafe UnsafeMutableRawPointer(append(uninitialized: 2)).storeBytes(of: value.littleEndian, as: UInt16.self)
  }

  /// LEB128.
  @inline(__always)
  func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  @inline(__always)
  func append(varint value: Int) { append(varint: UInt64(truncatingIfNeeded: value)) }

  func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress, bytes.count > 0 else { return }
    unsafe append(uninitialized: bytes.count).update(from: source, count: bytes.count)
  }

  func append(contentsOf other: EncodeBuffer) {
    unsafe append(uninitialized: other.count).update(from: other.base, count: other.count)
  }

  func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
    try unsafe body(UnsafeRawBufferPointer(start: base, count: count))
  }
}
