// Tables and plots say what the figures say.

import Testing

@testable import ThroughputModel

@Suite struct ReportTests {
  @Test("axes cover their values, with marks in order", arguments: [true, false])
  func axes(isLogarithmic: Bool) {
    for values in [[0.003, 8], [1, 1], [12, 99, 4_500], [1e-9], [7e8, 9e8], [0, 5]] as [[Double]] {
      let axis = PlotAxis("x", covering: values, isLogarithmic: isLogarithmic)
      #expect(axis.marks.count >= 2, "\(values)")
      #expect(zip(axis.marks, axis.marks.dropFirst()).allSatisfy { $0.value < $1.value }, "\(values)")
      for value in values { #expect((0...1).contains(axis.place(value)), "\(value) of \(values)") }
    }
  }

  @Test("the columns of a table stand under one another")
  func table() {
    var table = ReportTable("title", ["kind", "µs"])
    table.rows = [["a", "12 000"], ["longer", "3"]]
    #expect(table.text == "title\n  kind        µs\n  a       12 000\n  longer       3\n")
  }

  @Test("numbers have three digits and their unit")
  func numbers() {
    #expect(Numbers.time(nanoseconds: 1_234_000) == "1.23 ms")
    #expect(Numbers.time(nanoseconds: 45_670) == "45.7 µs")
    #expect(Numbers.mark(nanoseconds: 10_000_000) == "10 ms")
    #expect(Numbers.bytes(12_300_000) == "12.3 MB")
    #expect(Numbers.short(12_345.6) == "12\u{202F}346")
    #expect(Numbers.short(-0.5) == "-0.500")
  }

  @Test("titles are escaped in plots")
  func escaping() {
    let plot = LinePlot(
      title: "a < b & c", x: PlotAxis("x", marks: [(0, "0"), (1, "1")]),
      y: PlotAxis("y", marks: [(0, "0"), (1, "1")]), series: [.init(name: "<line>", points: [(0, 0), (1, 1)])])
    #expect(plot.svg.contains("a &lt; b &amp; c"))
    #expect(plot.svg.contains("&lt;line&gt;"))
    #expect(!plot.svg.contains("<line>"))
  }
}
