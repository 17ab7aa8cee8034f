// Finds the matches of a query in stored text.
import Analysis

/// Finds matches again in stored text, with the analyzer that indexed it. For one thread at a time, as the analyzer is.
final class Highlighter {
  /// A passage is chosen among this many hits from the beginning of a text, which bounds memory.
  private static let maximumHits = 1 << 18

  private struct Stop: Error {}

  private let analyzer: Analyzer
  private let buffer = TokenBuffer()

  /// Makes a highlighter around an analyzer with the configuration of the index.
  init(analyzer: Analyzer) {
    self.analyzer = analyzer
  }

  /// The ranges of UTF-8 bytes that match: on character boundaries, ascending, disjoint. Linear in the text's length.
  func matches(in text: [UInt8], _ targets: HighlightTargets) -> [Range<Int>] {
    guard !targets.isEmpty, !text.isEmpty else { return [] }
    return MarkMerging.ranges(allHits(in: text, targets, TargetTable(targets)), in: text.span)
  }

  /// The best passage: the one with the most telling matches, the first of equals; without matches, the beginning of the
  /// text. Of a long text, no more is read than it takes to find a passage with every target.
  func snippet(of text: [UInt8], _ targets: HighlightTargets, options: SnippetOptions = SnippetOptions()) -> Snippet {
    guard !text.isEmpty else { return .empty }
    guard !targets.isEmpty else { return snippet(of: text, [], [], options) }
    let table = TargetTable(targets)
    var collector = HitCollector(table, targets)
    var found: Snippet?
    var nextTry = 0
    do {
      _ = try text.withUnsafeBufferPointer { bytes in
        try analyzer.analyze(bytes, into: buffer) { tokens in
          collector.add(tokens)
          if collector.hits.count >= Self.maximumHits { throw Stop() }
          // Trying again only when the text has doubled keeps the time linear.
          guard collector.settledEnd > nextTry, !collector.hits.isEmpty else { return }
          nextTry = 2 * collector.settledEnd
          found = settled(collector, table, text, options)
          if found != nil { throw Stop() }
        }
      }
    } catch {
      // Stopped early: what follows cannot change the passage, or isn't looked at.
    }
    if let found { return found }
    collector.finish()
    return snippet(of: text, collector.hits, table.weights, options)
  }

  /// The matches and the best passage together, for half the time of one after the other.
  func matchesAndSnippet(
    of text: [UInt8], _ targets: HighlightTargets, options: SnippetOptions = SnippetOptions()
  ) -> (matches: [Range<Int>], snippet: Snippet) {
    guard !text.isEmpty else { return ([], .empty) }
    let table = TargetTable(targets)
    let hits = targets.isEmpty ? [] : allHits(in: text, targets, table)
    return (MarkMerging.ranges(hits, in: text.span), snippet(of: text, hits, table.weights, options))
  }

  private func allHits(in text: [UInt8], _ targets: HighlightTargets, _ table: TargetTable) -> [Hit] {
    var collector = HitCollector(table, targets)
    _ = text.withUnsafeBufferPointer { bytes in
      analyzer.analyze(bytes, into: buffer) { collector.add($0) }
    }
    collector.finish()
    return collector.hits
  }

  /// The passage, if what has been read of the text already holds one with every target and all of its marks.
  private func settled(
    _ collector: HitCollector, _ table: TargetTable, _ text: [UInt8], _ options: SnippetOptions
  ) -> Snippet? {
    let end = collector.settledEnd
    let hits = collector.hits.filter { Int($0.end) <= end }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    let choice = PassageChooser.choose(hits, weights: table.weights, width: options.width, in: text.span)
    guard let choice, choice.isComplete else { return nil }
    let snippet = snippet(of: text, hits, around: choice.core, options)
    return snippet.range.upperBound < end ? snippet : nil
  }

  private func snippet(
    of text: [UInt8], _ hits: [Hit], _ weights: [Int], _ options: SnippetOptions
  ) -> Snippet {
    let choice = PassageChooser.choose(hits, weights: weights, width: options.width, in: text.span)
    return snippet(of: text, hits, around: choice?.core ?? 0..<0, options)
  }

  private func snippet(
    of text: [UInt8], _ hits: [Hit], around core: Range<Int>, _ options: SnippetOptions
  ) -> Snippet {
    let near = MarkMerging.ranges(hits, in: text.span)
    let passage = Passage(around: core, width: options.width, marks: near, in: text.span)
    return Snippet(passage, marks: near, in: text)
  }
}
