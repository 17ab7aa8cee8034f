// The first documents by values of theirs instead of by score.

/// What found documents are sorted by. Where all keys are equal, documents come in their order in the index.
public struct SortKey: Sendable, Hashable {
  /// Where the values come from.
  public enum Source: Sendable, Hashable {
    /// The scores of the query.
    case score
    /// A column of numbers. Documents without a value come last, in either direction.
    case column(FieldNumber)
  }

  /// Where the values come from.
  public var source: Source
  /// Whether high values come first.
  public var isDescending: Bool

  /// Makes a key.
  public init(_ source: Source, isDescending: Bool = false) {
    self.source = source
    self.isDescending = isDescending
  }
}

/// Keeps the first `capacity` of the documents it is shown, in ascending order of address.
struct SortedDocumentsCollector {
  /// A document's value for one key, so that what comes first is less.
  struct Value: Comparable {
    let isMissing: Bool
    let bits: UInt64

    static let missing = Value(isMissing: true, bits: 0)

    init(_ bits: UInt64, isDescending: Bool) { self.init(isMissing: false, bits: isDescending ? ~bits : bits) }

    private init(isMissing: Bool, bits: UInt64) {
      self.isMissing = isMissing
      self.bits = bits
    }

    static func < (a: Value, b: Value) -> Bool { a.isMissing == b.isMissing ? a.bits < b.bits : b.isMissing }
  }

  private struct Entry: Ranked {
    let values: [Value]
    let document: ScoredDocument

    func comesBefore(_ other: Entry) -> Bool {
      for (own, others) in zip(values, other.values) where own != others { return own < others }
      return document.address < other.document.address
    }
  }

  private var first: FirstElements<Entry>

  init(capacity: Int) { first = FirstElements(capacity: capacity) }

  /// Shows a document; its score is asked for only where it comes in.
  mutating func collect(_ address: DocAddress, _ values: [Value], score: () -> Double) {
    // Of equals the earlier stays.
    if first.keepsNone { return }
    if let last = first.last, !values.lexicographicallyPrecedes(last.values) { return }
    first.insert(Entry(values: values, document: ScoredDocument(address: address, score: Float(score()))))
  }

  /// The documents in order.
  func sorted() -> [ScoredDocument] { first.sorted().map(\.document) }
}
