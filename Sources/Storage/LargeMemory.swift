// Memory for large tables.

internal import CPlatform

/// Zeroed memory, in large pages where the system has them: tables that are read and written all over spend much of
/// their time on translating addresses otherwise. Aligned to cache lines at least.
///
/// Invariant: `base` has `byteCount` bytes and one owner.
@safe
public final class LargeMemory {
  /// The bytes.
  public let base: UnsafeMutableRawPointer
  /// How many there are.
  public let byteCount: Int

  /// Allocates memory. Running out of it ends the process, as with every allocation.
  public init(byteCount: Int) {
    precondition(byteCount > 0)
    guard let memory = unsafe cplatform_allocate(byteCount) else { fatalError("out of memory") }
    unsafe base = memory
    self.byteCount = byteCount
  }

  deinit { unsafe cplatform_deallocate(base, byteCount) }
}
