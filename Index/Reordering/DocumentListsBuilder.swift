// Makes documents' lists of terms from posting lists.

internal import Storage

/// Reads the posting lists of several segments into a forward index, within a memory limit.
struct DocumentListsBuilder {
  private let segments: [SegmentReader]
  private let numbering: DocumentNumbering
  private let schema: Schema
  private let options: ReorderingOptions
  private let control: OperationControl

  init(
    _ segments: [SegmentReader], numbering: DocumentNumbering, schema: Schema, options: ReorderingOptions,
    control: OperationControl
  ) {
    self.segments = segments
    self.numbering = numbering
    self.schema = schema
    self.options = options
    self.control = control
  }

  /// Bytes for each posting: four, and as many for those of the halves while a partition is being cut.
  private static let bytesForPosting = 8
  /// Bytes for each term: its numbers and degrees, and what a bisection counts for it on each thread.
  private static let bytesForTerm = 32 + 4 * RecursiveBisection.mostThreadsOfPartition

  /// The lists of all live documents. Three walks over the dictionaries and two over the posting lists.
  ///
  /// - Throws: `cancelled` when the control says so; `corrupt` when a list is damaged.
  func build() throws(IndexError) -> DocumentLists {
    let frequencies = try chosenFrequencies()
    let starts = FlatBuffer<UInt32>(zeros: numbering.count + 1)
    // The number of each term, in the order of the dictionary; at first the number of its postings.
    var numbers: [UInt32] = []
    try forEachTerm(in: frequencies) { (terms, hasPositions) throws(IndexError) in
      var count: UInt32 = 0
      try forEachDocument(terms, hasPositions: hasPositions) { document in
        unsafe starts.base[Int(document) + 1] += 1
        count += 1
      }
      numbers.append(count)
    }
    for place in 0..<numbering.count { starts[place + 1] += starts[place] }

    // Frequent terms get the lowest numbers: what is kept of them lies close together.
    let order = numbers.indices.sorted { (numbers[$0], $1) > (numbers[$1], $0) }
    let degrees = FlatBuffer<UInt32>(uninitialized: numbers.count)
    for (number, place) in order.enumerated() { degrees[number] = numbers[place] }
    for (number, place) in order.enumerated() { numbers[place] = UInt32(number) }

    let transposition = Transposition(starts: starts, termCount: numbers.count)
    var place = 0
    try forEachTerm(in: frequencies) { (terms, hasPositions) throws(IndexError) in
      let number = numbers[place]
      place += 1
      try forEachDocument(terms, hasPositions: hasPositions) { transposition.add(term: number, document: $0) }
    }
    let lists = DocumentLists(
      documents: FlatBuffer(uninitialized: numbering.count), starts: starts, terms: transposition.finish(),
      degrees: degrees)
    for document in 0..<numbering.count { lists.documents[document] = UInt32(document) }
    return lists
  }

  // MARK: Which terms

  /// The document frequencies of terms that take part. When the postings of all that should are too many, the rarest
  /// are left out.
  private func chosenFrequencies() throws(IndexError) -> Range<Int> {
    let highest = max(2, Int(Double(numbering.count) * options.maximumDocumentShare))
    let lowest = min(max(2, options.minimumDocumentFrequency), highest)
    // Terms and their postings by document frequency, in classes an eighth of a power of two wide, as the codes of
    // lengths are.
    var terms = [Int](repeating: 0, count: 256)
    var postings = [Int](repeating: 0, count: 256)
    var lowestOfClass = [Int](repeating: .max, count: 256)
    try forEachTerm(in: lowest..<highest + 1) { (term, _) in
      let frequency = term.documentFrequency
      let number = Int(FieldLength.encode(frequency))
      terms[number] += 1
      postings[number] += frequency
      lowestOfClass[number] = min(lowestOfClass[number], frequency)
    }
    var bytes = 0
    var sum = 0
    var bound = highest + 1
    for number in postings.indices.reversed() where postings[number] > 0 {
      bytes += Self.bytesForPosting * postings[number] + Self.bytesForTerm * terms[number]
      sum += postings[number]
      if bytes > options.memoryBudgetInBytes || sum >= Int(UInt32.max) { break }
      bound = lowestOfClass[number]
    }
    return bound..<highest + 1
  }

  private func forEachTerm(
    in frequencies: Range<Int>, _ body: (MergedTerms, Bool) throws(IndexError) -> Void
  ) throws(IndexError) {
    var seen = 0
    for space in MergedTerms.spaces(of: segments) where space.field != Schema.idField {
      let hasPositions = schema.field(space.field)?.hasPositions(space.space) ?? false
      var terms = try MergedTerms(space, of: segments, hasPositions: hasPositions)
      while try terms.next() {
        seen += 1
        if seen % 1024 == 0 { try control.check() }
        if frequencies.contains(terms.documentFrequency) { try body(terms, hasPositions) }
      }
    }
  }

  private func forEachDocument(_ terms: MergedTerms, hasPositions: Bool, _ body: (DocID) -> Void) throws(IndexError) {
    for source in terms.sources {
      let context = ReadingContext()
      var cursor = try segments[source.segment].postingsCursor(
        source.info, hasPositions: hasPositions, context: context)
      while cursor.next() != .end {
        let number = numbering.number(of: cursor.document, in: source.segment)
        if number != .end { body(number) }
      }
      try context.check()
    }
  }
}
