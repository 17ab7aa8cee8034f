// What the environment says to tests.

#if canImport(Glibc)
  @preconcurrency internal import Glibc
#else
  internal import Darwin
#endif

/// Whether an environment variable is set to something other than nothing and 0.
public func testFlag(_ name: String) -> Bool {
  guard let value = getenv(name).map({ String(cString: $0) }) else { return false }
  return !value.isEmpty && value != "0"
}
