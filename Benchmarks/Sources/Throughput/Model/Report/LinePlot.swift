// Line plots as SVG, without any program to draw them.

import Foundation

/// Several lines over one pair of axes.
struct LinePlot {
  /// One line.
  struct Series {
    var name: String
    var points: [(x: Double, y: Double)]
  }

  var title: String
  var x: PlotAxis
  var y: PlotAxis
  var series: [Series]

  // Colours that people who confuse red and green can tell apart (Okabe and Ito, "Color universal design", 2008).
  private static let colours = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#000000", "#8C6D31"]

  private let width = 720.0
  private let height = 420.0
  private let left = 92.0
  private let right = 170.0
  private let top = 40.0
  private let bottom = 56.0

  /// The plot as a document of its own, which can stand inside HTML too.
  var svg: String {
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(n(width)) \(n(height))\" width=\"\(n(width))\" "
        + "height=\"\(n(height))\" font-family=\"sans-serif\" font-size=\"12\">",
      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
      text(left, 22, title, anchor: "start", size: 15),
    ]
    for mark in x.marks {
      let place = horizontal(mark.value)
      lines.append(line(place, top, place, height - bottom, "#e4e4e4"))
      lines.append(text(place, height - bottom + 18, mark.label, anchor: "middle"))
    }
    for mark in y.marks {
      let place = vertical(mark.value)
      lines.append(line(left, place, width - right, place, "#e4e4e4"))
      lines.append(text(left - 8, place + 4, mark.label, anchor: "end"))
    }
    lines.append(line(left, height - bottom, width - right, height - bottom, "#444"))
    lines.append(line(left, top, left, height - bottom, "#444"))
    lines.append(text((left + width - right) / 2, height - 14, x.title, anchor: "middle"))
    let middle = n((top + height - bottom) / 2)
    lines.append(
      "<text x=\"18\" y=\"\(middle)\" transform=\"rotate(-90 18 \(middle))\" text-anchor=\"middle\">"
        + "\(Markup.escape(y.title))</text>")
    lines += series.enumerated().flatMap { drawn($0.element, $0.offset) }
    lines += labels()
    return lines.joined(separator: "\n") + "\n</svg>\n"
  }

  private func drawn(_ series: Series, _ number: Int) -> [String] {
    let places = series.points.map { "\(n(horizontal($0.x))),\(n(vertical($0.y)))" }
    let colour = colour(number)
    let path =
      "<polyline points=\"\(places.joined(separator: " "))\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\"/>"
    // Dots where there are few points, so that one can see what was measured.
    guard series.points.count <= 12 else { return [path] }
    return [path]
      + series.points.map {
        "<circle cx=\"\(n(horizontal($0.x)))\" cy=\"\(n(vertical($0.y)))\" r=\"3.5\" fill=\"\(colour)\"/>"
      }
  }

  /// The names of the lines beside their ends, moved apart where they would cover one another.
  private func labels() -> [String] {
    let ends = series.indices.compactMap { number in
      series[number].points.last.map { (number: number, place: vertical($0.y)) }
    }.sorted { $0.place < $1.place }
    var lowest = top - 16
    let places = ends.map { end in
      lowest = max(end.place, lowest + 16)
      return lowest
    }
    let surplus = max(0, (places.last ?? 0) - (height - bottom))
    return zip(ends, places).map { end, place in
      text(
        width - right + 12, place - surplus + 4, series[end.number].name, anchor: "start", colour: colour(end.number))
    }
  }

  private func colour(_ number: Int) -> String { Self.colours[number % Self.colours.count] }
  private func horizontal(_ value: Double) -> Double { left + x.place(value) * (width - left - right) }
  private func vertical(_ value: Double) -> Double { height - bottom - y.place(value) * (height - top - bottom) }
  private func n(_ value: Double) -> String { String(format: "%.1f", value) }

  private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ colour: String) -> String {
    "<line x1=\"\(n(x1))\" y1=\"\(n(y1))\" x2=\"\(n(x2))\" y2=\"\(n(y2))\" stroke=\"\(colour)\"/>"
  }

  private func text(
    _ x: Double, _ y: Double, _ content: String, anchor: String, size: Int = 12, colour: String = "#222"
  ) -> String {
    "<text x=\"\(n(x))\" y=\"\(n(y))\" text-anchor=\"\(anchor)\" font-size=\"\(size)\" fill=\"\(colour)\">"
      + "\(Markup.escape(content))</text>"
  }
}
