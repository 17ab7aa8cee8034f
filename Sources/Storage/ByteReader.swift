// Checked sequential reading of bytes that nobody vouches for.

/// Reads numbers and strings from a run of bytes, and never outside it.
///
/// Integers are little endian, varints LEB128 in their shortest form. Every method throws `corrupt` with the file and
/// the place when the bytes do not hold what is asked for; the reader then stands where it stood before the call.
///
/// Invariant: `start <= next <= end`, all within one buffer that `owner`, or else the creator, keeps alive and
/// unchanged.
@frozen
@safe
public struct ByteReader {
  @usableFromInline var next: UnsafeRawPointer
  @usableFromInline let start: UnsafeRawPointer
  @usableFromInline let end: UnsafeRawPointer
  @usableFromInline let baseOffset: Int
  @usableFromInline let owner: AnyObject?
  /// The file's name, for messages.
  public let file: String

  /// A reader of `bytes`, which lie at `baseOffset` of the file. Without an `owner`, the caller keeps them alive.
  public init(_ bytes: UnsafeRawBufferPointer, file: String, baseOffset: Int, owner: AnyObject?) {
    let base = unsafe bytes.baseAddress ?? Self.nothing
    unsafe start = base
    unsafe next = base
    unsafe end = base + bytes.count
    self.file = file
    self.baseOffset = baseOffset
    self.owner = owner
  }

  /// Where a run of no bytes lies.
  private static var nothing: UnsafeRawPointer { unsafe UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped }

  /// Bytes that are left.
  @inlinable
  public var remaining: Int { unsafe end - next }

  /// Whether no byte is left.
  @inlinable
  public var isAtEnd: Bool { unsafe next == end }

  /// The place of the next byte, in bytes from the start of the file.
  @inlinable
  public var offset: Int { unsafe baseOffset + (next - start) }

  /// An error that names the file and the place of the next byte.
  public func corrupt(_ message: String) -> IndexError {
    IndexError(.corrupt, message, file: file, offset: offset)
  }

  @usableFromInline
  @inline(never)
  func tooShort(_ count: Int) -> IndexError {
    corrupt("\(count) bytes are needed, but only \(remaining) are left")
  }

  /// Moves over `count` bytes and returns where they start.
  @inlinable
  mutating func take(_ count: Int) throws(IndexError) -> UnsafeRawPointer {
    guard count >= 0, count <= remaining else { throw tooShort(count) }
    defer { unsafe next += count }
    return unsafe next
  }

  /// Reads one byte.
  @inlinable
  public mutating func u8() throws(IndexError) -> UInt8 {
    try unsafe take(1).load(as: UInt8.self)
  }

  /// Reads 2 bytes.
  @inlinable
  public mutating func u16() throws(IndexError) -> UInt16 {
    UInt16(littleEndian: try unsafe take(2).loadUnaligned(as: UInt16.self))
  }

  /// Reads 4 bytes.
  @inlinable
  public mutating func u32() throws(IndexError) -> UInt32 {
    UInt32(littleEndian: try unsafe take(4).loadUnaligned(as: UInt32.self))
  }

  /// Reads 8 bytes.
  @inlinable
  public mutating func u64() throws(IndexError) -> UInt64 {
    UInt64(littleEndian: try unsafe take(8).loadUnaligned(as: UInt64.self))
  }

  /// Reads a varint of 1 to 10 bytes.
  ///
  /// - Throws: `corrupt` also when the number has more than 64 bits or is not in its shortest form.
  @inlinable
  public mutating func varint64() throws(IndexError) -> UInt64 {
    if unsafe next < end {
      let first = unsafe next.load(as: UInt8.self)
      if first < 0x80 {
        unsafe next += 1
        return UInt64(first)
      }
    }
    return try longVarint(bits: 64)
  }

  /// Reads a varint of 1 to 5 bytes.
  ///
  /// - Throws: `corrupt` also when the number has more than 32 bits or is not in its shortest form.
  @inlinable
  public mutating func varint32() throws(IndexError) -> UInt32 {
    if unsafe next < end {
      let first = unsafe next.load(as: UInt8.self)
      if first < 0x80 {
        unsafe next += 1
        return UInt32(first)
      }
    }
    return UInt32(truncatingIfNeeded: try longVarint(bits: 32))
  }

  @usableFromInline
  mutating func longVarint(bits: Int) throws(IndexError) -> UInt64 {
    var value: UInt64 = 0
    var shift = 0
    var at = unsafe next
    while true {
      guard unsafe at < end else { throw corrupt("a number goes on past the end") }
      let byte = unsafe at.load(as: UInt8.self)
      unsafe at += 1
      if shift > bits - 7, shift >= bits || byte >> UInt8(bits - shift) != 0 {
        throw corrupt("a number has more than \(bits) bits")
      }
      value |= UInt64(byte & 0x7F) &<< UInt64(shift)
      if byte < 0x80 {
        if byte == 0, shift != 0 { throw corrupt("a number is longer than it need be") }
        unsafe next = at
        return value
      }
      shift += 7
    }
  }

  /// Reads the number of elements that follow, as a varint.
  ///
  /// - Throws: `corrupt` also when it is above `max`, or when that many elements of at least `minimumElementSize`
  ///   bytes (at least 1) do not fit into what is left; so the result bounds an allocation.
  @inlinable
  public mutating func count(max: Int, minimumElementSize: Int = 1) throws(IndexError) -> Int {
    let before = unsafe next
    let value = try varint64()
    guard value <= UInt64(clamping: max), value <= UInt64(remaining / Swift.max(1, minimumElementSize)) else {
      unsafe next = before
      throw impossibleCount(value, max)
    }
    return Int(truncatingIfNeeded: value)
  }

  @usableFromInline
  @inline(never)
  func impossibleCount(_ value: UInt64, _ max: Int) -> IndexError {
    corrupt("\(value) elements (of at most \(max)) cannot be in the \(remaining) bytes that are left")
  }

  /// Reads `count` bytes, in place: valid while `owner` lives.
  @inlinable
  public mutating func bytes(_ count: Int) throws(IndexError) -> UnsafeRawBufferPointer {
    let base = unsafe try take(count)
    return unsafe UnsafeRawBufferPointer(start: base, count: count)
  }

  /// Moves over `count` bytes.
  @inlinable
  public mutating func skip(_ count: Int) throws(IndexError) { _ = unsafe try take(count) }

  /// Reads a string: its length as a varint, then as many bytes of UTF-8. O(length).
  ///
  /// - Throws: `corrupt` also when it has more than `maximumLength` bytes or is not UTF-8.
  public mutating func string(maximumLength: Int = .max) throws(IndexError) -> String {
    let before = unsafe next
    let length = try count(max: maximumLength)
    let bytes = unsafe try bytes(length)
    guard let string = unsafe String(validating: bytes, as: UTF8.self) else {
      unsafe next = before
      throw corrupt("a string is not UTF-8")
    }
    return string
  }
}
