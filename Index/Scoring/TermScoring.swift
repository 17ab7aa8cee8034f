// Scores of one term's postings.

internal import Storage

/// What turns (frequency, length code) into a term's score. Plain values and pointers, for inner loops.
///
/// Invariants: `factors` points to 256 numbers and `norms`, where given, to one code for each document of the
/// segment; the searcher and the segment that own them outlive the evaluation.
@safe
struct TermScoring {
  let weight: Float
  let factors: UnsafePointer<Float>
  let norms: UnsafePointer<UInt8>?

  /// Bounds are raised by this factor, more than what rounding can do to two orders of the same operations.
  static let slack: Float = 1 + 1e-5

  @inline(__always)
  func score(frequency: UInt32, norm: UInt8) -> Float {
    let frequency = Float(frequency)
    let factor = unsafe factors[Int(norm)]
    return weight * (frequency / (frequency + factor))
  }

  @inline(__always)
  func score(frequency: UInt32, document: DocID) -> Float {
    if let norms = unsafe norms { return unsafe score(frequency: frequency, norm: norms[Int(document)]) }
    return score(frequency: frequency, norm: 0)
  }

  /// Not below the score of any posting with an impact.
  @inline(__always)
  func bound(_ impact: (frequency: UInt32, norm: UInt8)?) -> Float {
    guard let impact, impact.frequency != .max else { return weight * Self.slack }
    return unsafe score(frequency: impact.frequency, norm: norms == nil ? 0 : impact.norm) * Self.slack
  }
}
