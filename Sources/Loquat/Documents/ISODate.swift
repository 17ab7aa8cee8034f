// Dates in ISO 8601 form.

/// Reads dates such as `2026-03-14` and `2026-03-14T09:30:00Z`.
enum ISODate {
  /// Nanoseconds since 1970 (UTC) of a date, with or without a time of day and an offset; nil for anything else. Dates
  /// outside 1677 to 2262, which have no such number, get the least or the greatest.
  static func nanoseconds(_ text: String) -> Int64? {
    var parser = Parser(Array(text.utf8))
    guard let year = parser.number(4), parser.take("-"), let month = parser.number(2), parser.take("-"),
      let day = parser.number(2), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    var seconds = Int64(days(year, month, day)) * 86_400
    if !parser.isAtEnd {
      guard parser.take("T") || parser.take(" "), let hour = parser.number(2), parser.take(":"),
        let minute = parser.number(2), hour < 24, minute < 60
      else { return nil }
      seconds += Int64(hour * 3600 + minute * 60)
      if parser.take(":") {
        guard let second = parser.number(2), second <= 60 else { return nil }
        seconds += Int64(second)
        if parser.take(".") { parser.skipDigits() }
      }
      if !parser.take("Z"), !parser.isAtEnd {
        let isEast = parser.take("+")
        guard isEast || parser.take("-"), let hours = parser.number(2) else { return nil }
        _ = parser.take(":")
        guard let minutes = parser.number(2) else { return nil }
        seconds += Int64((hours * 60 + minutes) * 60) * (isEast ? -1 : 1)
      }
    }
    guard parser.isAtEnd else { return nil }
    let (nanoseconds, isTooFar) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return isTooFar ? (seconds < 0 ? .min : .max) : nanoseconds
  }

  /// Days since 1970-01-01 in the proleptic Gregorian calendar (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date (UTC) of a moment, the inverse of what a date is read as.
  static func date(nanoseconds: Int64) -> (year: Int, month: Int, day: Int) {
    let day = 86_400 * 1_000_000_000
    let number = Int(nanoseconds)
    let days = number / day - (number % day < 0 ? 1 : 0) + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  private struct Parser {
    let bytes: [UInt8]
    var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { at == bytes.count }

    mutating func number(_ digits: Int) -> Int? {
      guard bytes.count - at >= digits else { return nil }
      var value = 0
      for byte in bytes[at..<at + digits] {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      at += digits
      return value
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
      at += 1
      return true
    }

    mutating func skipDigits() {
      while at < bytes.count, (48...57).contains(bytes[at]) { at += 1 }
    }
  }
}
