// Cuts documents in two again and again until similar ones lie together.

internal import Storage
internal import Synchronization

/// Recursive graph bisection: each half of a partition is cut in two in turn, down to leaves of some documents.
///
/// Large partitions are worked on by all threads, one after the other; small ones by one thread each, several at a time.
/// Which is which depends on the number of documents alone, and all sums are of integers: the result is the same
/// whatever the number of threads. Time: at most `iterations` passes over all lists on each of log2(documents / leafSize)
/// levels. Memory: the lists twice, while the first cut is made, and 33 bytes for each document.
final class RecursiveBisection: Sendable {
  /// Partitions up to this size are worked on by one thread.
  static let documentsPerTask = 1 << 14
  /// More threads than this do not work on one partition: each counts for itself.
  static let mostThreadsOfPartition = 8

  private struct Partition {
    var lists: DocumentLists
    /// The place of its first document in the order.
    var start: Int
  }

  private struct Queue {
    var partitions: [Partition] = []
    var isCancelled = false
    var placed = 0
    var total = 0
  }

  private let options: ReorderingOptions
  private let progress: @Sendable (Double) -> Void
  private let shouldContinue: @Sendable () -> Bool
  private let queue = Mutex(Queue())

  init(
    _ options: ReorderingOptions, progress: @escaping @Sendable (Double) -> Void,
    shouldContinue: @escaping @Sendable () -> Bool
  ) {
    self.options = options
    self.progress = progress
    self.shouldContinue = shouldContinue
  }

  /// The documents' numbers in their new order. `lists` are given away: their memory is free after the first cut, when
  /// nobody else holds them.
  ///
  /// - Throws: `cancelled` when `shouldContinue` says no.
  func order(_ lists: consuming DocumentLists) throws(IndexError) -> [DocID] {
    let count = lists.count
    let order = FlatBuffer<UInt32>(uninitialized: count)
    queue.withLock { $0.total = count * levels(count) }
    let workers = Workers(threads: options.threads)
    let together = Workers(threads: min(workers.threads, Self.mostThreadsOfPartition))
    var pending = [Partition(lists: lists, start: 0)]
    while let partition = pending.popLast(), !isCancelled {
      if partition.lists.count <= max(Self.documentsPerTask, options.leafSize) {
        queue.withLock { $0.partitions.append(partition) }
      } else {
        cut(partition, workers: together, into: order) { pending.append($0) }
      }
    }
    workers.onEach {
      while let partition = queue.withLock({ $0.partitions.popLast() }) { finish(partition, into: order) }
    }
    if isCancelled { throw IndexError(.cancelled, "the reordering was cancelled") }
    return (0..<count).map { order[$0] }
  }

  private var isCancelled: Bool { queue.withLock { $0.isCancelled } }

  private func levels(_ count: Int) -> Int {
    var levels = 1
    var size = count
    while size > max(1, options.leafSize) {
      size = (size + 1) / 2
      levels += 1
    }
    return levels
  }

  /// Cuts a partition down to its leaves on this thread.
  private func finish(_ partition: Partition, into order: FlatBuffer<UInt32>) {
    var pending = [partition]
    while let partition = pending.popLast(), !isCancelled {
      cut(partition, workers: Workers(threads: 1), into: order) { pending.append($0) }
    }
  }

  /// Cuts a partition once. Halves that are leaves are placed, others handed on.
  private func cut(
    _ partition: Partition, workers: Workers, into order: FlatBuffer<UInt32>, _ handOn: (Partition) -> Void
  ) {
    let lists = partition.lists
    guard lists.count > max(1, options.leafSize) else {
      for place in 0..<lists.count { order[partition.start + place] = lists.documents[place] }
      return advance(lists.count)
    }
    guard shouldContinue() else { return queue.withLock { $0.isCancelled = true } }
    let bisection = Bisection(lists, workers: workers)
    bisection.run(iterations: options.iterations, shouldContinue: shouldContinue)
    let leftCount = lists.count / 2
    if lists.count - leftCount <= options.leafSize {
      var place = partition.start
      for left in [true, false] {
        bisection.forEachDocument(ofLeft: left) {
          order[place] = $0
          place += 1
        }
      }
      return advance(2 * lists.count)
    }
    let halves = bisection.halves()
    handOn(Partition(lists: halves.right, start: partition.start + leftCount))
    handOn(Partition(lists: halves.left, start: partition.start))
    advance(lists.count)
  }

  /// Notes that documents came one level down.
  private func advance(_ documents: Int) {
    let fraction = queue.withLock { queue in
      queue.placed += documents
      return queue.total == 0 ? 1 : min(1, Double(queue.placed) / Double(queue.total))
    }
    progress(fraction)
  }
}
