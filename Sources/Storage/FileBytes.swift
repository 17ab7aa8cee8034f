// The bytes of an opened file.

internal import CPlatform

/// The immutable bytes of one opened file, mapped or in memory.
///
/// Invariant: the `count` bytes at `base` can be read and do not change while this object lives. A mapped file whose
/// length another program cuts breaks it; the files of an index are never written again once they are closed.
@safe
public final class FileBytes: @unchecked Sendable {
  /// The file's name when it was opened.
  public let name: String
  /// The first byte. Valid while this object lives.
  public let base: UnsafeRawPointer
  /// The length in bytes.
  public let count: Int
  private let release: @Sendable () -> Void

  /// Takes over `count` bytes at `base`; `release` is called once when they are no longer needed.
  package init(name: String, base: UnsafeRawPointer, count: Int, release: @escaping @Sendable () -> Void) {
    self.name = name
    unsafe self.base = base
    self.count = count
    self.release = release
  }

  /// A copy of bytes.
  public convenience init(name: String, copying bytes: [UInt8]) {
    let block = MemoryBlock()
    unsafe bytes.withUnsafeBytes { unsafe block.append($0) }
    unsafe self.init(name: name, base: block.base, count: block.count) { withExtendedLifetime(block) {} }
  }

  deinit { release() }

  /// All bytes. Valid while this object lives.
  public var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: base, count: count) }

  /// Asks for a range to be read ahead, as well as that can be done; a range outside the file is cut.
  func prefetch(_ range: Range<Int>) {
    let range = range.clamped(to: 0..<count)
    if !range.isEmpty { unsafe cplatform_will_need(base + range.lowerBound, range.count) }
  }
}
