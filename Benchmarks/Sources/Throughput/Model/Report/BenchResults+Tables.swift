// The tables of a run.

extension BenchResults {
  /// Every table, in the order of the report.
  public var tables: [ReportTable] {
    [indexingTable] + throughputTables + [openLoopTable, temperatureTable] + (growth.isEmpty ? [] : [growthTable])
  }

  /// A line on what was measured where.
  public var heading: String {
    "Loquat \(machine.version), \(machine.date), \(machine.processor), \(machine.processors) processors, "
      + "\(Numbers.bytes(machine.memory)) of memory, load \(Numbers.short(machine.load)) at the start; corpus "
      + "\(corpus.source) (seed \(corpus.seed), analyzer \(corpus.analyzer)), \(Numbers.whole(corpus.documents)) "
      + "documents, \(Numbers.bytes(corpus.textBytes)) of text"
  }

  private var indexingTable: ReportTable {
    var table = ReportTable("Indexing", ["figure", "value"])
    let ratio = Double(indexing.bytes) / Double(max(1, corpus.textBytes))
    table.rows = [
      ["threads", "\(indexing.threads)"],
      ["time", Numbers.short(indexing.seconds) + " s"],
      ["CPU time", Numbers.short(indexing.processorSeconds) + " s"],
      ["documents per second", Numbers.short(indexing.documentsPerSecond)],
      ["text per second", Numbers.short(indexing.megabytesPerSecond) + " MB"],
      ["peak memory", Numbers.bytes(indexing.peakMemory)],
      ["segments before merging", "\(indexing.segments)"],
      ["size before merging", Numbers.bytes(indexing.bytesBeforeMerge)],
      ["merging to one segment", Numbers.short(indexing.mergeSeconds) + " s"],
      ["peak memory of merging", Numbers.bytes(indexing.mergePeakMemory)],
      ["size", Numbers.bytes(indexing.bytes) + " (\(Numbers.short(ratio)) of the text)"],
      ["terms", Numbers.whole(indexing.terms)],
      ["postings", Numbers.whole(indexing.postings)],
    ]
    let files = indexing.files.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    table.rows += files.map { ["  \($0.key)", Numbers.bytes($0.value)] }
    return table
  }

  private var throughputTables: [ReportTable] {
    let counts = Array(Set(throughput.map(\.threads))).sorted()
    return SearchCommand.allCases.map { command in
      var table = ReportTable(
        "\(command.rawValue), warm, closed loop",
        ["kind", "queries"] + counts.map { "q/s, \($0) thr." } + ["mean", "50 %", "90 %", "99 %", "99.9 %"])
      for kind in queryKinds {
        let figures = throughput.filter { $0.kind == kind.kind && $0.command == command.rawValue }
        guard let first = figures.first else { continue }
        table.rows.append(
          [kind.kind, "\(kind.queries)"] + figures.map { Numbers.short($0.queriesPerSecond) } + times(first.latency))
      }
      return table
    }
  }

  private var openLoopTable: ReportTable {
    var table = ReportTable(
      "Open loop, all kinds, TOP_10: from arrival to answer; in brackets what leaving out the wait would say",
      ["load", "queries/s", "mean", "50 %", "90 %", "99 %", "99.9 %"])
    table.rows = openLoop.map { figure in
      let cells = zip(times(figure.latency), times(figure.serviceTime)).map { "\($0) (\($1))" }
      return ["\(Int(figure.load * 100)) %", Numbers.short(figure.rate)] + cells
    }
    return table
  }

  private var temperatureTable: ReportTable {
    var table = ReportTable(
      "Cold (files on disk only), opened (a new snapshot, pages in memory) and warm, TOP_10, one thread",
      ["state", "in memory before", "opening", "mean", "50 %", "90 %", "99 %", "99.9 %"])
    table.rows = temperature.map { figure in
      [
        figure.state, Numbers.short(figure.residentShare * 100) + " %",
        figure.openNanoseconds == 0 ? "" : Numbers.time(nanoseconds: figure.openNanoseconds),
      ] + times(figure.latency)
    }
    return table
  }

  private var growthTable: ReportTable {
    var table = ReportTable(
      "Growth: mean time of a query for the ten best, one thread",
      ["documents", "indexing", "merging", "size", "of text"] + queryKinds.map(\.kind))
    table.rows = growth.map { figure in
      [
        Numbers.whole(figure.documents), Numbers.short(figure.seconds) + " s",
        Numbers.short(figure.mergeSeconds) + " s", Numbers.bytes(figure.bytes),
        Numbers.short(Double(figure.bytes) / Double(max(1, figure.textBytes))),
      ] + queryKinds.map { Numbers.time(nanoseconds: figure.meanNanoseconds[$0.kind] ?? .nan) }
    }
    return table
  }

  private func times(_ latency: LatencySummary) -> [String] {
    [latency.mean, Double(latency.p50), Double(latency.p90), Double(latency.p99), Double(latency.p999)]
      .map { Numbers.time(nanoseconds: $0) }
  }
}
