// The memory of this process.

internal import CPlatform

/// Asks the operating system how much memory this process has.
public enum ProcessMemory {
  /// Resident anonymous memory in bytes: what was allocated, without mapped files. Nil where the system does not say.
  /// Costs some microseconds.
  public static func anonymousBytes() -> Int? {
    let bytes = cplatform_anonymous_memory()
    return bytes < 0 ? nil : Int(bytes)
  }

  /// Makes freed memory go back to the operating system early. For programs that keep to a budget of memory: the
  /// allocator may keep tens of megabytes for each thread otherwise. Called once, at the start.
  public static func returnFreedMemory() { cplatform_return_freed_memory() }
}
