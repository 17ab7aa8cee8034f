// How many threads index.

@preconcurrency import Glibc
import InvertedIndex
import Storage

/// The number of worker threads.
enum IndexingThreads {
  /// The wished number, or one for each processor that the process may use when that is 0.
  static func count(_ wished: Int) -> Int {
    if wished > 0 { return min(wished, 256) }
    var set = cpu_set_t()
    guard sched_getaffinity(0, MemoryLayout<cpu_set_t>.size, &set) == 0 else { return 1 }
    return withUnsafeBytes(of: &set) { bytes in max(1, bytes.reduce(0) { $0 + $1.nonzeroBitCount }) }
  }
}

extension IndexError {
  /// Whether the error refuses one document and leaves everything else as it is.
  var isOfOneDocument: Bool { code == .limitExceeded || code == .invalidArgument }
}
