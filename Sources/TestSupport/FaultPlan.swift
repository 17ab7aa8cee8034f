// Which calls fail, and how.

/// What a fault-injecting directory does wrong.
struct FaultPlan: Sendable {
  enum Fault: Sendable {
    case error(Int32)
    /// A write that stops after some bytes with an error.
    case shortWrite(length: Int, errno: Int32)
  }

  /// Faults by the number of the operation.
  var once: [Int: Fault] = [:]
  /// From this operation on, everything fails.
  var sticky: (from: Int, errno: Int32)?
  /// The most bytes that all files may have together.
  var budget: Int?
  /// From this operation on, nothing happens any more.
  var crash: Int?

  func fault(at index: Int) -> Fault? {
    if let sticky, index >= sticky.from { return .error(sticky.errno) }
    return once[index]
  }
}
