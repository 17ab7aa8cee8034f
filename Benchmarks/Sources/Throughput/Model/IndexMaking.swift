// Indexing and merging, with time, memory and sizes.

import Foundation
import Loquat

/// Makes an index and measures it.
struct IndexMaking {
  let settings: BenchSettings
  let path: String

  /// Indexes the corpus with all threads, merges the index to one segment and lets go of it: pages that are mapped stay
  /// in memory, and then no index could be cold.
  func make(_ corpus: BenchCorpus, progress: @escaping @Sendable (Double) -> Void) throws
    -> BenchResults.IndexingFigures
  {
    try? FileManager.default.removeItem(atPath: path)
    let index = try LoquatIndex(
      path: path, settings: IndexSettings(analyzer: AnalyzerConfiguration(name: settings.analyzer)))
    var figures = BenchResults.IndexingFigures()
    figures.threads = ProcessInfo.processInfo.activeProcessorCount
    ProcessFigures.resetPeakMemory()
    let processorStart = ProcessFigures.processorSeconds()
    let summary: IndexingSummary
    if corpus.isFolder {
      summary = try index.addFiles([corpus.path]) { _ in progress(0.5) }
    } else {
      let size = (try? FileManager.default.attributesOfItem(atPath: corpus.path)[.size] as? Int) ?? 0
      summary = try index.addJSONLines([.file(corpus.path)]) { bytes in
        progress(min(1, Double(bytes) / Double(max(1, size))))
      }
    }
    figures.processorSeconds = ProcessFigures.processorSeconds() - processorStart
    figures.seconds = summary.seconds
    figures.documents = summary.added
    figures.documentsPerSecond = Double(summary.added) / max(summary.seconds, 1e-9)
    figures.megabytesPerSecond = summary.megabytesPerSecond
    figures.peakMemory = ProcessFigures.peakMemory()
    let before = try index.current.reader.statistics()
    figures.segments = before.segments
    figures.bytesBeforeMerge = before.indexBytes
    guard summary.added > 0 else { throw BenchError("\(corpus.path) holds no document") }
    try merge(index, &figures)
    return figures
  }

  private func merge(_ index: LoquatIndex, _ figures: inout BenchResults.IndexingFigures) throws {
    ProcessFigures.resetPeakMemory()
    let start = ProcessFigures.now()
    try index.optimize(maximumSegments: 1)
    figures.mergeSeconds = Double(ProcessFigures.now() - start) / 1e9
    figures.mergePeakMemory = ProcessFigures.peakMemory()
    let after = try index.current.reader.statistics()
    figures.bytes = after.indexBytes
    figures.terms = after.terms
    figures.postings = after.postings
    for (kind, bytes) in after.files { figures.files[kind.rawValue] = bytes }
  }
}
