// Numbers as text.

import FoundationEssentials

/// Numbers for people.
enum Format {
  /// A number with that many digits behind the point.
  static func fixed(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int64((abs(value) * scale).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    if digits == 0 { return "\(sign)\(scaled)" }
    let fraction = String(scaled % Int64(scale))
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return "\(sign)\(scaled / Int64(scale)).\(zeros)\(fraction)"
  }

  static func megabytes(_ bytes: Int) -> String { "\(fixed(Double(bytes) / 1e6, 1)) MB" }

  static func seconds(_ seconds: Double) -> String {
    seconds < 1 ? "\(fixed(seconds * 1e3, seconds < 0.01 ? 2 : 0)) ms" : "\(fixed(seconds, 2)) s"
  }
}

/// JSON on standard output.
enum JSONOutput {
  static func print(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    Terminal.write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n", to: 1)
  }
}
