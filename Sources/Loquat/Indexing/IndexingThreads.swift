// How many threads index.

import InvertedIndex
import Storage

/// The number of worker threads.
enum IndexingThreads {
  /// The wished number, or one for each processor that the process may use when that is 0.
  static func count(_ wished: Int) -> Int {
    if wished > 0 { return min(wished, 256) }
    return Processors.available
  }
}

extension IndexError {
  /// Whether the error refuses one document and leaves everything else as it is.
  var isOfOneDocument: Bool { code == .limitExceeded || code == .invalidArgument }
}
