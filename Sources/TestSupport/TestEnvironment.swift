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

/// The seed of a test that takes another one each time, from `LOQUAT_SEED` where that is set; printed, so that a failure
/// can be had again.
public func testSeed(_ test: String) -> UInt64 {
  let given = getenv("LOQUAT_SEED").flatMap { UInt64(String(cString: $0)) }
  let seed = given ?? UInt64.random(in: 0..<1_000_000)
  print("\(test): LOQUAT_SEED=\(seed)")
  return seed
}
