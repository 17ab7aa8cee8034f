// Numbers as people read them.

import Foundation

/// Formats figures for tables and plots.
enum Numbers {
  /// Three significant digits, with blanks between thousands.
  static func short(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    let size = abs(value)
    let digits = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3
    return grouped(String(format: "%.\(digits)f", value))
  }

  /// A time with its unit.
  static func time(nanoseconds: Double) -> String {
    switch nanoseconds {
    case ..<1e3: short(nanoseconds) + " ns"
    case ..<1e6: short(nanoseconds / 1e3) + " µs"
    case ..<1e9: short(nanoseconds / 1e6) + " ms"
    default: short(nanoseconds / 1e9) + " s"
    }
  }

  /// A size with its unit, in powers of 1000.
  static func bytes(_ count: Int) -> String {
    switch Double(count) {
    case ..<1e3: "\(count) B"
    case ..<1e6: short(Double(count) / 1e3) + " kB"
    case ..<1e9: short(Double(count) / 1e6) + " MB"
    default: short(Double(count) / 1e9) + " GB"
    }
  }

  /// A round time for an axis.
  static func mark(nanoseconds: Double) -> String { withoutZeros(time(nanoseconds: nanoseconds)) }

  /// A round size for an axis.
  static func mark(bytes count: Double) -> String { withoutZeros(bytes(Int(count))) }

  private static func withoutZeros(_ text: String) -> String {
    text.replacingOccurrences(of: "\\.0+ ", with: " ", options: .regularExpression)
  }

  /// A whole number with blanks between thousands.
  static func whole(_ value: Int) -> String { grouped(String(value)) }

  private static func grouped(_ text: String) -> String {
    let parts = text.split(separator: ".", maxSplits: 1)
    var digits = ""
    for (place, character) in (parts.first ?? "").reversed().enumerated() {
      if place > 0, place % 3 == 0, character != "-" { digits.append("\u{202F}") }
      digits.append(character)
    }
    return String(digits.reversed()) + (parts.count > 1 ? "." + parts[1] : "")
  }
}
