// The plots of a run.

import Foundation

extension BenchResults {
  /// A plot with the name of its file.
  struct NamedPlot {
    let name: String
    let plot: LinePlot
  }

  var plots: [NamedPlot] {
    var plots: [NamedPlot] = []
    let counts = Array(Set(throughput.map(\.threads))).sorted()
    if counts.count > 1 {
      for command in SearchCommand.allCases {
        plots.append(NamedPlot(name: "throughput-\(command.rawValue)", plot: throughputPlot(command.rawValue, counts)))
      }
    }
    plots.append(
      NamedPlot(
        name: "latency-kinds",
        plot: distributionPlot(
          "Time of a query for the ten best, one thread, by kind",
          throughput.filter { $0.command == SearchCommand.top10.rawValue && $0.threads == 1 }.map {
            ($0.kind, $0.latency)
          }
        )))
    if !openLoop.isEmpty {
      plots.append(
        NamedPlot(
          name: "latency-load",
          plot: distributionPlot(
            "Time from arrival to answer, all kinds, by load", openLoop.map { ("\(Int($0.load * 100)) %", $0.latency) })
        ))
      plots.append(NamedPlot(name: "latency-percentiles-load", plot: loadPlot()))
    }
    if !temperature.isEmpty {
      plots.append(
        NamedPlot(
          name: "latency-temperature",
          plot: distributionPlot(
            "Time of a query, all kinds, cold to warm", temperature.map { ($0.state, $0.latency) })))
    }
    if growth.count > 1 { plots += growthPlots() }
    return plots
  }

  private func throughputPlot(_ command: String, _ counts: [Int]) -> LinePlot {
    let series = queryKinds.map { kind in
      LinePlot.Series(
        name: kind.kind,
        points: throughput.filter { $0.kind == kind.kind && $0.command == command }
          .map { (Double($0.threads), $0.queriesPerSecond) })
    }
    return LinePlot(
      title: "Throughput, \(command)",
      x: PlotAxis("threads", marks: counts.map { (Double($0), "\($0)") }, isLogarithmic: true),
      y: PlotAxis("queries per second", covering: values(series), isLogarithmic: true), series: series)
  }

  /// Times over percentiles, spaced by the number of nines so that the slowest few can be seen.
  private func distributionPlot(_ title: String, _ lines: [(name: String, latency: LatencySummary)]) -> LinePlot {
    let series = lines.map { line in
      LinePlot.Series(
        name: line.name,
        points: line.latency.curve.map { (-log10(1 - $0.percentile / 100), Double($0.nanoseconds)) })
    }
    return LinePlot(
      title: title, x: PlotAxis("percentile", marks: [(0, "0"), (1, "90"), (2, "99"), (3, "99.9")]),
      y: PlotAxis("time", covering: values(series), isLogarithmic: true) { Numbers.mark(nanoseconds: $0) },
      series: series)
  }

  private func loadPlot() -> LinePlot {
    let percentiles: [(String, (LatencySummary) -> UInt64)] = [
      ("50th", \.p50), ("90th", \.p90), ("99th", \.p99), ("99.9th", \.p999),
    ]
    let series = percentiles.map { name, value in
      LinePlot.Series(name: name, points: openLoop.map { ($0.load * 100, Double(value($0.latency))) })
    }
    return LinePlot(
      title: "Percentiles of the time from arrival to answer, by load",
      x: PlotAxis(
        "arrivals in % of the throughput of the closed loop", marks: [0, 25, 50, 75, 100].map { ($0, "\(Int($0))") }),
      y: PlotAxis("time", covering: values(series), isLogarithmic: true) { Numbers.mark(nanoseconds: $0) },
      series: series)
  }

  private func growthPlots() -> [NamedPlot] {
    let documents = PlotAxis("documents", covering: growth.map { Double($0.documents) }, isLogarithmic: true)
    let sizes = [
      LinePlot.Series(name: "text", points: growth.map { (Double($0.documents), Double($0.textBytes)) }),
      LinePlot.Series(name: "index", points: growth.map { (Double($0.documents), Double($0.bytes)) }),
    ]
    let making = [
      LinePlot.Series(name: "indexing", points: growth.map { (Double($0.documents), $0.seconds * 1e9) }),
      LinePlot.Series(name: "merging", points: growth.map { (Double($0.documents), $0.mergeSeconds * 1e9) }),
    ]
    let queries = queryKinds.map { kind in
      LinePlot.Series(
        name: kind.kind,
        points: growth.compactMap { figure in
          figure.meanNanoseconds[kind.kind].map { (Double(figure.documents), $0) }
        })
    }
    return [
      NamedPlot(
        name: "growth-size",
        plot: LinePlot(
          title: "Size by number of documents", x: documents,
          y: PlotAxis("bytes", covering: values(sizes), isLogarithmic: true) { Numbers.mark(bytes: $0) }, series: sizes)
      ),
      NamedPlot(
        name: "growth-indexing",
        plot: LinePlot(
          title: "Time of indexing by number of documents", x: documents,
          y: PlotAxis("time", covering: values(making), isLogarithmic: true) { Numbers.mark(nanoseconds: $0) },
          series: making)),
      NamedPlot(
        name: "growth-queries",
        plot: LinePlot(
          title: "Mean time of a query for the ten best by number of documents", x: documents,
          y: PlotAxis("time", covering: values(queries), isLogarithmic: true) { Numbers.mark(nanoseconds: $0) },
          series: queries)),
    ]
  }

  private func values(_ series: [LinePlot.Series]) -> [Double] { series.flatMap { $0.points.map(\.y) } }
}
