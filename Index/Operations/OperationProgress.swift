// How far a long operation has come.

/// A state of a long operation. Within a phase `done` never falls, and the phase ends with `done` equal to `total`.
public struct OperationProgress: Sendable, Equatable {
  /// What an operation does, and what is counted in it. A phase may come again, for further segments.
  public enum Phase: String, Sendable, CaseIterable {
    /// Reading, analysing and adding documents: bytes of JSON Lines, files, or documents of an index that is made anew.
    case indexing
    /// Finding what a commit replaces and deletes, and making it durable: ids of documents.
    case committing
    /// Merging segments: terms and documents.
    case merging
    /// Reading posting lists to reorder documents: thousandths.
    case reading
    /// Looking for the order of documents: thousandths.
    case ordering
    /// Writing documents in their new order: thousandths.
    case writing
    /// Checking an index: bytes, postings and documents.
    case verifying
  }

  /// What is being done.
  public var phase: Phase
  /// How much of it is done.
  public var done: Int
  /// How much there is to do; nil until that is known. It may grow while a phase goes on.
  public var total: Int?

  /// The part that is done, 0 to 1; nil until it is known how much there is to do.
  public var fraction: Double? { total.map { $0 == 0 ? 1 : Double(done) / Double($0) } }

  /// Makes a state.
  public init(phase: Phase, done: Int, total: Int?) {
    self.phase = phase
    self.done = done
    self.total = total
  }
}
