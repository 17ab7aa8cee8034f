// How many threads index.

import InvertedIndex
import Storage

/// The number of worker threads.
enum IndexingThreads {
  /// What a thread holds at most beside its share of the budget: tables of its analyzer, buffers of a flush and a merge.
  private static let memoryOfThread = 56 << 20
  /// How far the memory of the process may go beyond the budget.
  private static let memoryBeyondBudget = 128 << 20

  /// The wished number, or one for each processor that the process may use when that is 0, but no more than keep the
  /// process within the budget.
  static func count(_ options: IndexingOptions) -> Int {
    let wished = options.threads > 0 ? min(options.threads, 256) : Processors.available
    return max(1, min(wished, (options.memoryBudgetInBytes + memoryBeyondBudget) / memoryOfThread))
  }
}

extension IndexError {
  /// Whether the error refuses one document and leaves everything else as it is.
  var isOfOneDocument: Bool { code == .limitExceeded || code == .invalidArgument }
}
