// A table, for the terminal and for HTML.

/// Cells in rows under a heading.
public struct ReportTable: Sendable {
  /// What it shows.
  public var title: String
  /// The names of the columns. The first column is text, the others numbers.
  public var columns: [String]
  /// The cells.
  public var rows: [[String]] = []

  init(_ title: String, _ columns: [String]) {
    self.title = title
    self.columns = columns
  }

  /// The table with columns under one another.
  public var text: String {
    let lines = [columns] + rows
    let widths = columns.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    let body = lines.map { cells in
      cells.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + padding : padding + cell
      }.joined(separator: "  ")
    }
    return title + "\n" + body.map { "  " + $0 + "\n" }.joined()
  }

  var html: String {
    let head = columns.map { "<th>\(Markup.escape($0))</th>" }.joined()
    let body = rows.map { "<tr>" + $0.map { "<td>\(Markup.escape($0))</td>" }.joined() + "</tr>" }.joined(
      separator: "\n")
    return "<h3>\(Markup.escape(title))</h3>\n<table>\n<tr>\(head)</tr>\n\(body)\n</table>\n"
  }
}

/// Text in HTML and SVG.
enum Markup {
  static func escape(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}
