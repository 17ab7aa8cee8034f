// Counts the values of found documents.

internal import Storage

/// Counts one facet over the segments of a snapshot, which are walked one after another.
///
/// Values of columns are counted while the documents are found. Those of terms are counted afterwards: the found
/// documents are kept as a set of bits for each segment, and each posting list of the field is counted against it. That
/// costs the postings of the field, however many documents were found, and no memory for each value.
struct FacetCollector {
  private let facet: Facet
  private let reader: IndexReader
  /// By the ordered bits of a column's values.
  private var documentsOfBits: [UInt64: Int] = [:]
  private var documentCount = 0
  private var column: Column?

  init(_ facet: Facet, _ reader: IndexReader) throws(IndexError) {
    self.facet = facet
    self.reader = reader
    let (field, type): (FieldNumber, FieldSchema.ValueType) =
      switch facet.source {
      case .terms(let field, _): (field, .text)
      case .integers(let field, _): (field, .integer)
      case .reals(let field, _): (field, .real)
      }
    guard reader.schema.field(field)?.type == type else {
      throw IndexError(.invalidArgument, "the field of a facet has values of another type")
    }
  }

  /// Whether it counts sets of documents.
  var needsSets: Bool { if case .terms = facet.source { true } else { false } }

  /// Goes to a segment.
  mutating func enter(_ segment: SegmentReader) {
    switch facet.source {
    case .terms: column = nil
    case .integers(let field, _), .reals(let field, _): column = segment.columns?.column(of: field)
    }
  }

  /// Counts a document of the segment.
  mutating func collect(_ document: DocID) throws(IndexError) {
    guard let bits = try column?.bits(document) else { return }
    let group: UInt64?
    switch facet.source {
    case .terms: return
    case .integers(_, nil): group = bits
    case .integers(_, .some(let function)): group = function(OrderedBits.integer(bits)).map(OrderedBits.of)
    case .reals(_, let function):
      let value = OrderedBits.real(bits)
      // Adding 0 makes -0 a 0.
      group = (function.map { $0(value) } ?? value).map { OrderedBits.of($0 + 0) }
    }
    guard let group else { return }
    documentsOfBits[group, default: 0] += 1
    documentCount += 1
  }

  /// The counts; `sets` has the found documents of each segment where ``needsSets``.
  func counts(_ sets: [[UInt64]], _ control: SearchControl?) throws(IndexError) -> FacetCounts {
    switch facet.source {
    case .terms(let field, let space): return try terms(field, space, sets, control)
    case .integers: return values { .integer(OrderedBits.integer($0)) }
    case .reals: return values { .real(OrderedBits.real($0)) }
    }
  }

  private func values(_ value: (UInt64) -> FacetValue) -> FacetCounts {
    var tally = FacetTally(capacity: facet.limit)
    for (bits, documents) in documentsOfBits.sorted(by: { $0.key < $1.key }) {
      tally.add(documents: documents) { value(bits) }
    }
    return FacetCounts(counts: tally.sorted, valueCount: tally.valueCount, documentCount: documentCount)
  }

  private func terms(_ field: FieldNumber, _ space: TermSpace, _ sets: [[UInt64]], _ control: SearchControl?)
    throws(IndexError) -> FacetCounts
  {
    let segments = reader.segments
    let hasPositions = reader.schema.field(field)?.hasPositions(space) ?? false
    var tally = FacetTally(capacity: facet.limit)
    var withValue = sets.map { [UInt64](repeating: 0, count: $0.count) }
    let contexts = segments.map { _ in ReadingContext(control) }
    var terms = try MergedTerms(.init(field: field, space: space), of: segments, hasPositions: hasPositions)
    while try terms.next() {
      var documents = 0
      for source in terms.sources {
        let context = contexts[source.segment]
        context.recycle()
        if context.mustStop() { try context.check() }
        var cursor = try segments[source.segment].postingsCursor(
          source.info, hasPositions: hasPositions, context: context)
        documents += Self.count(&cursor, in: sets[source.segment], &withValue[source.segment], context)
        try context.check()
      }
      if documents == 0 { continue }
      unsafe try terms.withTerm { (bytes) throws(IndexError) in
        tally.add(documents: documents) { unsafe .term(Array(bytes)) }
      }
    }
    let found = withValue.reduce(0) { $0 + $1.reduce(0) { $0 + $1.nonzeroBitCount } }
    return FacetCounts(counts: tally.sorted, valueCount: tally.valueCount, documentCount: found)
  }

  /// How many of a term's documents are in a set; those are added to another one.
  private static func count(
    _ cursor: inout PostingsCursor, in set: [UInt64], _ marked: inout [UInt64], _ context: ReadingContext
  ) -> Int {
    var found = 0
    var visited = 0
    var document = cursor.next()
    while document != .end {
      visited += 1
      if visited & Self.visitsBetweenLooks == 0, context.mustStop() { return found }
      let word = Int(document >> 6)
      let bit = set[word] & 1 << UInt64(document & 63)
      if bit != 0 {
        found += 1
        marked[word] |= bit
      }
      document = cursor.next()
    }
    return found
  }

  /// A mask of how many postings are visited before the context is asked whether to go on.
  private static let visitsBetweenLooks = 4095
}
