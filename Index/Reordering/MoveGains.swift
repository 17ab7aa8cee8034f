// What moving one document from one half to the other saves for one term.

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The cost model of Dhulipala et al., "Compressing Graphs and Indexes with Recursive Graph Bisection" (KDD 2016): a term
/// in l documents of one half and r of the other costs l · log2(n / (l + 1)) + r · log2(n / (r + 1)) bits for its gaps.
///
/// With c(x) = x · log2(x + 1), moving one of the l documents saves (c(r + 1) − c(r)) − (c(l) − c(l − 1)) bits: a difference
/// of two values of one function, which is a table here. Sums are integers, so that they do not depend on their order.
struct MoveGains: Sendable {
  /// Values are bits times this.
  static let scale: Int32 = 1 << 12
  private static let tableSize = 1 << 12

  static let shared = MoveGains()

  private let table: [Int32]

  private init() { table = (0..<Self.tableSize).map { Self.exact(UInt32($0)) } }

  private static func exact(_ degree: UInt32) -> Int32 {
    let x = Double(degree)
    return Int32((((x + 1) * log2(x + 2) - x * log2(x + 1)) * Double(scale)).rounded())
  }

  /// c(degree + 1) − c(degree). Degrees beyond the table are few: they take as many postings.
  @inline(__always)
  func step(_ degree: UInt32) -> Int32 {
    Int(degree) < Self.tableSize ? table[Int(degree)] : Self.exact(degree)
  }
}
