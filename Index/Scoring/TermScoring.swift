// Scores of one term's postings.

internal import CKernels
internal import Storage

/// What turns (frequency, length code) into a term's score. Plain values and pointers, for inner loops.
///
/// Invariants: `factors` points to 256 numbers and `norms`, where given, to one code for each document of the
/// segment; the searcher and the segment that own them outlive the evaluation.
@safe
struct TermScoring {
  let weight: Float
  private let factors: UnsafePointer<Float>
  private let norms: UnsafePointer<UInt8>?

  init(weight: Float, factors: UnsafePointer<Float>, norms: UnsafePointer<UInt8>?) {
    self.weight = weight
    unsafe self.factors = factors
    unsafe self.norms = norms
  }

  /// Bounds are raised by this factor, more than what rounding can do to two orders of the same operations.
  static let slack: Float = 1 + 1e-5

  @inline(__always)
  private func score(_ frequency: Float, norm: UInt8) -> Float {
    let factor = unsafe factors[Int(norm)]
    return weight * (frequency / (frequency + factor))
  }

  @inline(__always)
  func score(frequency: Float, document: DocID) -> Float {
    if let norms = unsafe norms { return unsafe score(frequency, norm: norms[Int(document)]) }
    return score(frequency, norm: 0)
  }

  @inline(__always)
  func score(frequency: UInt32, document: DocID) -> Float { score(frequency: Float(frequency), document: document) }

  /// The weighted frequency by the length factor, before it saturates.
  @inline(__always)
  func normalized(frequency: UInt32, document: DocID) -> Float {
    let norm = unsafe norms.map { unsafe $0[Int(document)] } ?? 0
    return unsafe weight * Float(frequency) / factors[Int(norm)]
  }

  /// The scores of postings; `scores` has room for `count`, at most 128.
  @inline(__always)
  func score(
    _ documents: UnsafePointer<UInt32>, _ frequencies: UnsafePointer<UInt32>, count: Int,
    into scores: UnsafeMutablePointer<Float>
  ) {
    unsafe ckernels_score(
      documents, frequencies, Int32(truncatingIfNeeded: count), norms, factors, weight, scores)
  }

  /// Not below the score of any posting that an impact covers.
  @inline(__always)
  func bound(_ impact: Impact) -> Float {
    impact.low == impact.high ? bound(impact.high) : max(bound(impact.low), bound(impact.high))
  }

  /// Not below the score of a posting with this frequency and a length code not below `norm`.
  @inline(__always)
  func bound(frequency: UInt32, norm: UInt8) -> Float {
    unsafe score(Float(frequency), norm: norms == nil ? 0 : norm) * Self.slack
  }

  @inline(__always)
  private func bound(_ bound: Impact.Bound) -> Float {
    if bound.frequency == 255 { return weight * Self.slack }
    return unsafe score(Float(bound.frequency), norm: norms == nil ? 0 : bound.norm) * Self.slack
  }
}
