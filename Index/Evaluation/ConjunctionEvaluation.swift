// Queries with required terms: batches of candidates pass through one part of the query after another.

internal import Storage

/// What a document has to have, and what adds to its score.
struct ConjunctionParts {
  /// What a required term is there for.
  enum Role {
    case scores
    case filters
    /// It is one of a phrase's terms and has the phrase's weight, so that its scores are bounds of the phrase's.
    case phrase
  }

  /// Required terms, rarest first; at least one.
  var required: [(cursor: ScoredCursor, role: Role)]
  /// Terms that only score.
  var optional: [ScoredCursor] = []
  /// Terms that no match has.
  var excluded: [ScoredCursor] = []
  /// Phrases over required terms.
  var phrases: [RequiredPhrase] = []
  /// Phrases that only score.
  var optionalPhrases = OptionalPhrases([])
  /// Anything else that is required, and whether it scores.
  var others: [(scorer: Scorer, scores: Bool)] = []
  /// Anything else that no match is.
  var excludedOthers: [Scorer] = []
}

/// Takes the rarest term's documents block by block as candidates and passes them through the other required terms, the
/// phrases, and what excludes; what is left is scored by the optional parts and shown to the collector.
///
/// Once the collector has a threshold, and matches need not be counted, blocks of the rarest term are passed over whose
/// bound together with those of all other parts cannot reach it, and so are candidates as soon as what they scored and
/// the bounds of what is left cannot: "block-max" pruning (Ding and Suel, 2011), applied to batches. Where matches are
/// counted such candidates go on without being scored.
@safe
final class ConjunctionEvaluation {
  private let required: ScoredCursors
  private let optional: ScoredCursors
  private let excluded: ScoredCursors
  private let parts: ConjunctionParts
  private var optionalPhrases: OptionalPhrases
  private let segment: SegmentReader
  private let place: Int
  private let scratch: EvaluationScratch
  private let context: ReadingContext
  private let batch: CandidateBatch
  /// The bounds of everything behind each required term: those of the terms that follow and of all other parts.
  private let restBehind: [Double]
  /// The bounds of the optional terms from each on, and of the optional phrases.
  private let optionalFrom: [Double]

  init(
    _ parts: ConjunctionParts, segment: SegmentReader, place: Int, scratch: EvaluationScratch, context: ReadingContext
  ) {
    required = ScoredCursors(parts.required.map(\.cursor), context: context)
    // Those that can add most come first: afterwards fewer candidates are left.
    let byBound = parts.optional.sorted { $0.bound > $1.bound }
    optional = ScoredCursors(byBound, context: context)
    excluded = ScoredCursors(parts.excluded, context: context)
    self.parts = parts
    optionalPhrases = parts.optionalPhrases
    self.segment = segment
    self.place = place
    self.scratch = scratch
    self.context = context
    batch = scratch.batch
    var rest = parts.optionalPhrases.bound
    var from = [rest]
    for term in byBound.reversed() {
      rest += term.bound
      from.append(rest)
    }
    optionalFrom = from.reversed()
    if parts.others.contains(where: \.scores) { rest = .infinity }
    rest += parts.phrases.reduce(0) { $0 + $1.bound }
    var behind = [rest]
    for term in parts.required.dropFirst().reversed() {
      if term.role == .scores { rest += term.cursor.bound }
      behind.append(rest)
    }
    restBehind = behind.reversed()
  }

  /// Shows the matches of a range to the collector. Returns the number of matches when `counts`, which makes every match
  /// be visited. Without `scores` nothing is scored or shown.
  func collect(
    into collector: inout TopDocumentsCollector, counts: Bool, scores: Bool, in range: Range<DocID>
  ) -> Int {
    batch.track(parts.phrases.isEmpty ? 0 : required.count)
    let leadScores = scores && parts.required[0].role == .scores
    // A phrase is not more often in a document than its rarest term.
    let leadBounds = leadScores || (scores && parts.required[0].role == .phrase && hasOneExactPhrase)
    let restOfLead = leadScores || !leadBounds ? restBehind[0] : restBehind[0] - parts.phrases[0].bound
    if leadScores, !counts, isSingleTerm { unsafe ThresholdPriming.prime(&collector, with: &required.base[0], scratch) }
    var total = 0
    guard let last = range.last else { return 0 }
    var block = unsafe required.base[0].cursor.blockReaching(range.lowerBound, from: 0)
    let blockCount = unsafe required.base[0].cursor.blockCount
    let isToEnd = range.upperBound >= DocID(segment.documentCount)
    let lastBlock = isToEnd ? blockCount - 1 : unsafe required.base[0].cursor.blockReaching(last, from: block)
    let hasGroups = unsafe required.base[0].cursor.groupCount > 0
    while block <= min(lastBlock, blockCount - 1), !context.mustStop() {
      let threshold = Double(collector.threshold)
      let prunes = scores && !counts && threshold > -.infinity
      let minimum = threshold - restOfLead
      if prunes {
        if unsafe (leadBounds ? required.base[0].bound : 0) <= minimum { break }
        if leadBounds, hasGroups, block % PostingsLayout.blocksOfGroup == 0,
          unsafe required.base[0].bound(ofGroup: block / PostingsLayout.blocksOfGroup) <= minimum
        {
          block += PostingsLayout.blocksOfGroup
          continue
        }
        if leadBounds, unsafe required.base[0].bound(ofBlock: block) <= minimum {
          block += 1
          continue
        }
      }
      // Scoring looks up lengths all over the segment: without a threshold, candidates are scored when few are left.
      let isScored = prunes && leadScores
      let isFilled = unsafe batch.fill(
        from: &required.base[0], block: block, start: range.lowerBound,
        above: prunes && leadBounds ? minimum : -.infinity,
        scores: isScored)
      if !isFilled { break }
      if block == lastBlock, !isToEnd { batch.drop(from: range.upperBound) }
      total += passOn(
        threshold: threshold, prunes: prunes, counts: counts, scores: scores, leadIsUnscored: leadScores && !isScored,
        &collector)
      block += 1
    }
    return total
  }

  private var hasOneExactPhrase: Bool { parts.phrases.count == 1 && parts.phrases[0].isExact }

  /// Whether every document of one term is a match.
  private var isSingleTerm: Bool {
    required.count == 1 && parts.phrases.isEmpty && parts.others.isEmpty && parts.excluded.isEmpty
      && parts.excludedOthers.isEmpty && segment.live == nil
  }

  /// Passes the batch through all parts behind the rarest term. Returns how many candidates are matches.
  private func passOn(
    threshold: Double, prunes: Bool, counts: Bool, scores: Bool, leadIsUnscored: Bool,
    _ collector: inout TopDocumentsCollector
  ) -> Int {
    if let live = segment.live { batch.keep { live.contains(batch.document($0)) } }
    let retires = counts && scores && threshold > -.infinity
    var boundOfLead = 0.0
    if leadIsUnscored {
      boundOfLead = unsafe required.base[0].bound(ofBlock: required.base[0].cursor.currentBlock)
      if required.count == 1 { unsafe batch.addLead(required.base[0]) }
    }
    if retires { batch.retire(upTo: threshold - restBehind[0] - boundOfLead) }
    for term in 1..<max(1, required.count) {
      if batch.count == 0 { return 0 }
      let isScored = scores && parts.required[term].role == .scores
      let rest = restBehind[term] + (term == 1 ? boundOfLead : 0)
      let minimum = prunes ? threshold - rest : -.infinity
      // A block of a term of the only phrase bounds the phrase.
      let isOfPhrase = parts.required[term].role == .phrase && hasOneExactPhrase
      let minimumOfBlocks = isScored ? minimum : isOfPhrase ? minimum + parts.phrases[0].bound : -.infinity
      unsafe batch.require(
        &required.base[term], term: term, scores: isScored, above: minimum, blocksAbove: minimumOfBlocks)
      if leadIsUnscored, term == 1 { unsafe batch.addLead(required.base[0]) }
      if retires { batch.retire(upTo: threshold - restBehind[term]) }
    }
    if batch.count == 0 { return 0 }
    for other in parts.others {
      batch.keep { candidate in
        let document = batch.document(candidate)
        guard other.scorer.advance(to: document) == document, other.scorer.matches() else { return false }
        if other.scores, scores { batch.add(other.scorer.score(), to: candidate) }
        return true
      }
    }
    if counts || !scores { exclude() }
    let restOfPhrases = optionalFrom[0]
    if !parts.phrases.isEmpty {
      matchPhrases(threshold: threshold, rest: restOfPhrases, counts: counts, scores: scores)
    }
    let total = batch.count
    if !scores { return total }
    for term in 0..<optional.count {
      if threshold > -.infinity { batch.keep { batch.sum($0) + optionalFrom[term] > threshold } }
      if batch.count == 0 { return total }
      unsafe batch.add(&optional.base[term], blocksAbove: threshold - optionalFrom[term + 1])
    }
    if threshold > -.infinity { batch.keep { batch.sum($0) + optionalFrom[optional.count] > threshold } }
    if !counts { exclude() }
    show(&collector)
    return total
  }

  private func exclude() {
    for term in excluded.indices where batch.count > 0 { unsafe batch.exclude(&excluded.base[term]) }
    for other in parts.excludedOthers {
      batch.keep { candidate in
        let document = batch.document(candidate)
        return other.advance(to: document) != document || !other.matches()
      }
    }
  }

  private func matchPhrases(threshold: Double, rest: Double, counts: Bool, scores: Bool) {
    for (number, phrase) in parts.phrases.enumerated() {
      let restOfPhrases = parts.phrases[(number + 1)...].reduce(rest) { $0 + $1.bound }
      let minimum = scores && phrase.isExact ? threshold - restOfPhrases : -.infinity
      var kept = 0
      for candidate in 0..<batch.count {
        let document = batch.document(candidate)
        let sum = batch.sum(candidate)
        var isScored = scores && sum > -.infinity
        if isScored, minimum > -.infinity {
          let bound = Double(
            phrase.scoring.score(frequency: lowestFrequency(of: phrase, candidate), document: document)
              * TermScoring.slack)
          if sum + bound <= minimum {
            if !counts { continue }
            isScored = false
          }
        }
        var frequency = frequency(of: phrase, candidate)
        if frequency == 0 { continue }
        if isScored, phrase.isLimitedByTerms {
          frequency = min(frequency, Float(lowestFrequency(of: phrase, candidate)))
        }
        let score =
          isScored
          ? Double(phrase.scoring.score(frequency: frequency, document: document)) : scores ? -.infinity : 0
        batch.move(candidate, to: kept, sum: sum + score)
        kept += 1
      }
      batch.truncate(to: kept)
    }
  }

  /// The lowest frequency that one of the phrase's terms has in a candidate.
  @inline(__always)
  private func lowestFrequency(of phrase: RequiredPhrase, _ candidate: Int) -> UInt32 {
    var lowest = UInt32.max
    for term in phrase.terms {
      let (block, place) = batch.location(ofTerm: term, candidate)
      lowest = min(lowest, unsafe required.base[term].cursor.frequency(inBlock: block, at: place))
    }
    return lowest
  }

  @inline(__always)
  private func frequency(of phrase: RequiredPhrase, _ candidate: Int) -> Float {
    let base = unsafe required.base
    return phrase.matcher.frequency { slot, positions, list in
      let term = phrase.readers[slot]
      let (block, place) = batch.location(ofTerm: term, candidate)
      unsafe positions.read(&base[term].cursor, block: block, place: place, into: &list)
    }
  }

  private func show(_ collector: inout TopDocumentsCollector) {
    for candidate in 0..<batch.count {
      let document = batch.document(candidate)
      var sum = batch.sum(candidate)
      if sum == -.infinity { continue }
      if !optionalPhrases.isEmpty { optionalPhrases.add(to: &sum, document, threshold: Double(collector.threshold)) }
      collector.collect(DocAddress(segment: place, document: document), score: Float(sum))
    }
  }
}
