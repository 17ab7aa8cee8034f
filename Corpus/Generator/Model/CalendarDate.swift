// Dates of documents and in their texts.

/// A day of the proleptic Gregorian calendar.
struct CalendarDate {
  let year: Int
  let month: Int
  let day: Int

  /// The first day that documents are dated, as a number of days since 1970-01-01: 2010-01-01.
  static let firstDay = 14_610
  /// The number of days from ``firstDay`` to the end of 2025.
  static let dayCount = 5_844

  private static let englishMonths: [StaticString] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// The date of a number of days since 1970-01-01, at least zero.
  ///
  /// The computation counts years from 1 March, so that the leap day is the last day of a year.
  init(daysSince1970 days: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Writes the date as in ISO 8601; 10 bytes. Returns the end.
  func putISO(_ out: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    var end = DecimalText.put(UInt64(year), digits: 4, out)
    end = DecimalText.put("-", end)
    end = DecimalText.put(UInt64(month), digits: 2, end)
    end = DecimalText.put("-", end)
    return DecimalText.put(UInt64(day), digits: 2, end)
  }

  /// Writes the date as in `15 March 2024`. Returns the end.
  func putEnglish(_ out: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    var end = DecimalText.put(UInt64(day), out)
    end = DecimalText.put(" ", end)
    end = DecimalText.put(Self.englishMonths[month - 1], end)
    end = DecimalText.put(" ", end)
    return DecimalText.put(UInt64(year), end)
  }

  /// Writes the date as in `2024年3月15日`. Returns the end.
  func putChinese(_ out: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    var end = DecimalText.put(UInt64(year), out)
    end = DecimalText.put("年", end)
    end = DecimalText.put(UInt64(month), end)
    end = DecimalText.put("月", end)
    end = DecimalText.put(UInt64(day), end)
    return DecimalText.put("日", end)
  }
}
