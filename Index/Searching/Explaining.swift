// Why a document has its score.

public import Storage

extension Searcher {
  /// The parts of a document's score, which add up to the score that a search gives it; nil when it does not match.
  ///
  /// Field lengths are those of one-byte codes (``FieldLength``). `kindName` says what a space of terms is called.
  public func explain(
    _ query: Query, _ address: DocAddress, kindName: @escaping (TermSpace) -> String = { "kind \($0)" }
  ) throws(IndexError) -> Explanation? {
    try Explainer(searcher: self, kindName: kindName).explain(query, address, boost: 1)
  }

  /// In how many documents a term is, deleted and not yet merged away ones included.
  public func documentFrequency(of term: Term) throws(IndexError) -> Int {
    var sum = 0
    for segment in reader.segments { sum += try segment.lookup(term)?.info.documentFrequency ?? 0 }
    return sum
  }

  /// The inverse document frequency of a term.
  public func idf(of term: Term) throws(IndexError) -> Float {
    BM25.idf(documentFrequency: try documentFrequency(of: term), documentCount: documentCount)
  }
}

/// Takes a query apart, as it is scored.
private struct Explainer {
  let searcher: Searcher
  let kindName: (TermSpace) -> String

  func explain(_ query: Query, _ address: DocAddress, boost: Float) throws(IndexError) -> Explanation? {
    switch query {
    case .boolean(let boolean): return try explain(boolean, query, address, boost)
    case .boost(let inner, let factor): return try explain(inner, address, boost: boost * factor)
    case .term(let term): return try explain(term, query, address, boost)
    case .discounted(let term, let discount):
      return try explain(term, query, address, boost, discount: discount)
    case .constant(_, let score):
      return try self.score(of: query, address).map { _ in
        Explanation(score * boost, score == 0 ? "matches without a score" : "a constant")
      }
    case .combined(let combined):
      let names = combined.parts.map { "\($0.weight) · \(name(of: $0.term))" }.joined(separator: " + ")
      let idf = try combined.parts.filter { $0.weight > 0 }.map { (part) throws(IndexError) in
        try searcher.idf(of: part.term)
      }
      return try explain(query, address, boost, "BM25F of \(names)", idf: idf.min() ?? 0)
    case .phrase(let phrase):
      var idf: Float = 0
      for slot in phrase.slots { idf += try searcher.idf(of: slot.term) }
      let names = phrase.slots.map { name(of: $0.term) }.joined(separator: " ")
      return try explain(query, address, boost, "BM25 of the phrase \(names)", idf: idf)
    case .columnBoost(let boosted): return try explain(boosted, query, address, boost)
    default:
      return try score(of: query, address).map { Explanation($0 * boost, "matches, a constant") }
    }
  }

  /// A score that is weight · idf · saturated frequency.
  private func explain(_ query: Query, _ address: DocAddress, _ boost: Float, _ description: String, idf: Float)
    throws(IndexError) -> Explanation?
  {
    guard let score = try score(of: query, address) else { return nil }
    return Explanation(
      score * boost, description,
      [
        Explanation(boost, "weight"), Explanation(idf, "idf"),
        Explanation(idf == 0 ? 0 : score / idf, "frequency, saturated and normalised by length"),
      ])
  }

  private func explain(_ boosted: ColumnBoostQuery, _ query: Query, _ address: DocAddress, _ boost: Float)
    throws(IndexError) -> Explanation?
  {
    guard let score = try score(of: query, address), let inner = try explain(boosted.query, address, boost: boost)
    else { return nil }
    var details = [inner]
    for part in boosted.boosts {
      guard let column = searcher.reader.segments[address.segment].columns?.column(of: part.field),
        let value = try column.number(address.document)
      else { continue }
      let raise = part.weight * Float(part.value(value))
      let name = searcher.reader.schema.field(part.field)?.name ?? "?"
      details.append(Explanation(raise, "share of it that is added for \(name) = \(value)"))
    }
    return Explanation(
      score * boost, "a score, and the shares of it that are added: the score · (1 + all shares)", details)
  }

  private func name(of term: Term) -> String {
    "\(searcher.reader.schema.field(term.field)?.name ?? "?"):\(String(decoding: term.bytes, as: UTF8.self))"
  }

  private func explain(_ boolean: BooleanQuery, _ query: Query, _ address: DocAddress, _ boost: Float)
    throws(IndexError) -> Explanation?
  {
    guard let score = try score(of: query, address) else { return nil }
    var details: [Explanation] = []
    for part in boolean.must + boolean.should {
      if let detail = try explain(part, address, boost: boost) { details.append(detail) }
    }
    return Explanation(score * boost, "sum of", details)
  }

  private func explain(
    _ term: Term, _ query: Query, _ address: DocAddress, _ boost: Float, discount: Float = 0
  ) throws(IndexError) -> Explanation? {
    let segment = searcher.reader.segments[address.segment]
    guard let score = try score(of: query, address), let found = try segment.lookup(term) else { return nil }
    let context = ReadingContext()
    var cursor = try segment.postingsCursor(found.info, hasPositions: found.hasPositions, context: context)
    cursor.advance(to: address.document)
    try context.check()
    let code = try unsafe segment.norms.codes(of: term.field).map { unsafe $0[Int(address.document)] } ?? 0
    let documents = try searcher.documentFrequency(of: term)
    let idf = max(0, BM25.idf(documentFrequency: documents, documentCount: searcher.documentCount) - discount)
    let lowered = discount == 0 ? "" : ", lowered by \(discount)"
    return Explanation(
      score * boost, "BM25 of \(name(of: term)) (\(kindName(term.space)))",
      [
        Explanation(boost, "weight"),
        Explanation(idf, "idf: in \(documents) of \(searcher.documentCount) documents\(lowered)"),
        Explanation(
          idf == 0 ? 0 : score / idf,
          "tf / (tf + k1 · (1 − b + b · length / average)): tf \(cursor.frequency), length \(FieldLength.decode(code)) as kept in one byte, "
            + "average \(searcher.lengthFactors(term.field).averageLength), k1 \(searcher.bm25.k1), b \(searcher.bm25.b)"
        ),
      ])
  }

  /// The score of one document, or nil when it does not match.
  private func score(of query: Query, _ address: DocAddress) throws(IndexError) -> Float? {
    let plan = try QueryPlanner(searcher).plan(query)
    let scratch = searcher.takeScratch()
    defer { searcher.giveBack(scratch) }
    return try SegmentEvaluation(searcher, address.segment, scratch).score(plan, of: address.document)
  }
}
