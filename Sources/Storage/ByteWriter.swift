// A growing buffer of bytes.

/// Puts numbers and strings together as ``ByteReader`` reads them. Appending is O(1) amortised.
///
/// Invariant: `memory` has room for `capacity` bytes, of which the first `count` are set; one owner.
@frozen
@safe
public struct ByteWriter: ~Copyable {
  @usableFromInline var memory: UnsafeMutableRawPointer
  @usableFromInline var capacity: Int
  @usableFromInline var length: Int

  /// Bytes written.
  @inlinable
  public var count: Int { length }

  /// An empty buffer with room for `capacity` bytes.
  public init(capacity: Int = 256) {
    self.capacity = max(16, capacity)
    unsafe memory = .allocate(byteCount: self.capacity, alignment: 16)
    length = 0
  }

  deinit { unsafe memory.deallocate() }

  @usableFromInline
  @inline(never)
  mutating func grow(_ more: Int) {
    capacity = max(count + more, 2 * capacity)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    unsafe larger.copyMemory(from: memory, byteCount: count)
    unsafe memory.deallocate()
    unsafe memory = larger
  }

  /// Makes room for `more` bytes and counts them as written.
  @inlinable
  mutating func extend(_ more: Int) -> UnsafeMutableRawPointer {
    if capacity - count < more { grow(more) }
    defer { length += more }
    return unsafe memory + count
  }

  /// Appends one byte.
  @inlinable
  public mutating func u8(_ value: UInt8) {
    unsafe extend(1).storeBytes(of: value, as: UInt8.self)
  }

  /// Appends 2 bytes, little endian.
  @inlinable
  public mutating func u16(_ value: UInt16) {
    unsafe extend(2).storeBytes(of: value.littleEndian, as: UInt16.self)
  }

  /// Appends 4 bytes, little endian.
  @inlinable
  public mutating func u32(_ value: UInt32) {
    unsafe extend(4).storeBytes(of: value.littleEndian, as: UInt32.self)
  }

  /// Appends 8 bytes, little endian.
  @inlinable
  public mutating func u64(_ value: UInt64) {
    unsafe extend(8).storeBytes(of: value.littleEndian, as: UInt64.self)
  }

  /// Appends a number as 1 to 10 bytes (LEB128).
  @inlinable
  public mutating func varint(_ value: UInt64) {
    if capacity - count < 10 { grow(10) }
    var at = count
    var rest = value
    while rest >= 0x80 {
      unsafe memory.storeBytes(of: UInt8(truncatingIfNeeded: rest) | 0x80, toByteOffset: at, as: UInt8.self)
      rest >>= 7
      at += 1
    }
    unsafe memory.storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: at, as: UInt8.self)
    length = at + 1
  }

  /// Appends bytes.
  @inlinable
  public mutating func bytes(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    unsafe extend(bytes.count).copyMemory(from: source, byteCount: bytes.count)
  }

  /// Appends bytes.
  @inlinable
  public mutating func bytes(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { unsafe self.bytes($0) }
  }

  /// Appends the length of a string in UTF-8 as a varint, and its bytes.
  public mutating func string(_ string: String) {
    var string = string
    string.withUTF8 { utf8 in
      varint(UInt64(utf8.count))
      unsafe bytes(UnsafeRawBufferPointer(utf8))
    }
  }

  /// Replaces the 4 bytes at `offset`.
  ///
  /// - Precondition: they were written.
  public mutating func patchU32(at offset: Int, _ value: UInt32) {
    precondition(offset >= 0 && offset <= count - 4, "only what was written can be replaced")
    unsafe memory.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt32.self)
  }

  /// Calls `body` with the bytes written, valid during the call.
  @inlinable
  public borrowing func withUnsafeBytes<Result, Failure>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(UnsafeRawBufferPointer(start: memory, count: count))
  }

  /// Starts anew.
  public mutating func removeAll(keepingCapacity: Bool = true) {
    length = 0
    guard !keepingCapacity, capacity > 256 else { return }
    unsafe memory.deallocate()
    capacity = 256
    unsafe memory = .allocate(byteCount: capacity, alignment: 16)
  }

  /// The CRC-32C of the bytes written. O(n).
  public var checksum: UInt32 { unsafe withUnsafeBytes { unsafe CRC32C.checksum($0) } }
}
