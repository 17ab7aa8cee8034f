// One axis of a plot: from values to places, and where its marks are.

import Foundation

/// A linear or logarithmic axis.
struct PlotAxis {
  /// What it measures, with the unit.
  let title: String
  /// Whether equal distances are equal ratios.
  let isLogarithmic: Bool
  /// The values with marks, and their labels.
  let marks: [(value: Double, label: String)]
  private let low: Double
  private let high: Double

  /// An axis for some values, with round numbers for marks. A linear axis begins at zero.
  init(_ title: String, covering values: [Double], isLogarithmic: Bool, label: (Double) -> String = Numbers.short) {
    self.title = title
    self.isLogarithmic = isLogarithmic
    let most = max(values.max() ?? 1, 1e-12)
    let least = values.filter { $0 > 0 }.min() ?? most
    if isLogarithmic {
      let marks = Self.logarithmicMarks(least, most)
      low = min(marks.first ?? least, least)
      high = max(marks.last ?? most, most)
      self.marks = marks.map { ($0, label($0)) }
    } else {
      let step = Self.roundStep(most / 4)
      high = (most / step).rounded(.up) * step
      low = 0
      self.marks = stride(from: 0, through: high + step / 2, by: step).map { ($0, label($0)) }
    }
  }

  /// An axis whose marks are given.
  init(_ title: String, marks: [(value: Double, label: String)], isLogarithmic: Bool = false) {
    self.title = title
    self.isLogarithmic = isLogarithmic
    self.marks = marks
    low = marks.first?.value ?? 0
    high = marks.last?.value ?? 1
  }

  /// The place of a value, from 0 to 1.
  func place(_ value: Double) -> Double {
    if high <= low { return 0.5 }
    if isLogarithmic { return log(max(value, low) / low) / log(high / low) }
    return (value - low) / (high - low)
  }

  /// 1, 2 or 5 times a power of ten, not below a number.
  private static func roundStep(_ number: Double) -> Double {
    let power = pow(10, log10(number).rounded(.down))
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= number * 0.999 } ?? number
  }

  /// Powers of ten, with 2 and 5 between them where there are few.
  private static func logarithmicMarks(_ least: Double, _ most: Double) -> [Double] {
    let first = Int(log10(least).rounded(.down))
    let last = Int(log10(most).rounded(.up))
    let factors: [Double] = last - first <= 2 ? [1, 2, 5] : [1]
    let all = (first...max(first, last)).flatMap { power in factors.map { $0 * pow(10, Double(power)) } }
    let from = all.lastIndex { $0 <= least * 1.001 } ?? 0
    let to = all.firstIndex { $0 >= most * 0.999 } ?? all.count - 1
    return from < to ? Array(all[from...to]) : [all[from], all[from] * 10]
  }
}
