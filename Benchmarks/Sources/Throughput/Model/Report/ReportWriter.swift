// Results as files: JSON for programs, HTML with plots for people.

import Foundation

/// Writes the results of a run into a folder.
public enum ReportWriter {
  /// Writes `results.json`, `report.html` and an SVG file for each plot.
  ///
  /// - Throws: errors of the file system.
  public static func write(_ results: BenchResults, to folder: String) throws {
    let place = URL(fileURLWithPath: folder, isDirectory: true)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(results).write(to: place.appendingPathComponent("results.json"))
    try Data(html(results).utf8).write(to: place.appendingPathComponent("report.html"))
    for named in results.plots {
      try Data(named.plot.svg.utf8).write(to: place.appendingPathComponent(named.name + ".svg"))
    }
  }

  static func html(_ results: BenchResults) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Loquat benchmark</title>
    <style>
    body { font: 15px/1.5 sans-serif; max-width: 64em; margin: 2em auto; padding: 0 1em; color: #222; }
    table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
    th, td { padding: .2em .8em; border-bottom: 1px solid #ddd; text-align: right; }
    th:first-child, td:first-child { text-align: left; }
    svg { max-width: 100%; height: auto; }
    </style>
    </head>
    <body>
    <h1>Loquat benchmark</h1>
    <p>\(Markup.escape(results.heading)). The run took \(Numbers.short(results.seconds)) s.</p>
    <h2>Plots</h2>
    \(results.plots.map { "<figure>\($0.plot.svg)</figure>" }.joined(separator: "\n"))
    <h2>Tables</h2>
    \(results.tables.map(\.html).joined(separator: "\n"))
    </body>
    </html>

    """
  }
}
