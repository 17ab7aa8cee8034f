// Sizes on the command line.

import ArgumentParser

/// A number of bytes, written with an optional unit: K, M, G, T for powers of 1000, Ki, Mi, Gi, Ti for powers of 1024.
struct ByteSize: ExpressibleByArgument {
  /// The number of bytes, above zero.
  let count: UInt64

  init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    let units =
      [
        "": 1, "K": 1000, "M": 1_000_000, "G": 1_000_000_000, "T": 1_000_000_000_000,
        "Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30, "Ti": 1 << 40,
      ] as [String: UInt64]
    guard let number = UInt64(digits), let unit = units[String(argument.dropFirst(digits.count))] else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: unit)
    guard !overflow, product > 0 else { return nil }
    count = product
  }
}
