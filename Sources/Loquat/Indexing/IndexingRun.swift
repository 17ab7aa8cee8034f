// The frame of every run of indexing.

import InvertedIndex
import Synchronization

extension LoquatIndex {
  /// Finds items on the calling thread, works on them on others, and commits.
  ///
  /// - Parameters:
  ///   - capacity: what the items that were found and are not done may weigh, for a number of threads.
  ///   - find: puts items into the queue; returns what it knows already.
  ///   - makeWorker: makes, for one thread, what adds an item's documents and counts them.
  func run<Item: Sendable>(
    _ options: IndexingOptions, capacity: (_ threads: Int) -> Int,
    find: (IndexWriter, WorkQueue<Item>) throws -> IndexingSummary,
    makeWorker: @escaping @Sendable (DocumentAdder) throws -> (Item, inout IndexingSummary) throws -> Void
  ) throws -> IndexingSummary {
    let start = ContinuousClock.now
    var options = options
    options.threads = IndexingThreads.count(options)
    let control = options.control
    return try withWriter(options) { writer in
      let shared = Mutex(IndexingSummary())
      try withWorkers(threads: options.threads, capacity: capacity(options.threads)) { queue in
        let found = try find(writer, queue)
        shared.withLock { $0.merge(found) }
      } consume: { [settings] queue in
        let adder = try DocumentAdder(writer: writer, settings: settings)
        let work = try makeWorker(adder)
        try queue.forEach { item in
          try control.check()
          var local = IndexingSummary()
          try work(item, &local)
          shared.withLock { $0.merge(local) }
        }
        try adder.finish()
      }
      control.finish()
      var summary = shared.withLock { $0 }
      let committed = try writer.commit()
      summary.added = committed.added
      summary.updated = committed.updated
      summary.removed = committed.removed
      summary.seconds = start.duration(to: .now) / .seconds(1)
      return summary
    }
  }
}
