// A batch of candidate documents on their way through the parts of a query.

internal import Storage

/// Up to 128 ascending documents with what they have scored so far and, where positions will be asked for, where each of
/// the terms found them.
///
/// Invariants: the arrays have room for 128 entries and 8 more, `blocks` and `places` for 128 of each tracked term. Entries
/// below `count` are valid.
@safe
final class CandidateBatch {
  static let capacity = BlockCodec.count
  private static let room = capacity + 8

  private(set) var count = 0
  private let documents: UnsafeMutablePointer<UInt32>
  private let sums: UnsafeMutablePointer<Double>
  private let scores: UnsafeMutablePointer<Float>
  private let candidatePlaces: UnsafeMutablePointer<UInt8>
  private let blockPlaces: UnsafeMutablePointer<UInt8>
  /// The block that the candidates come from, and the place of each in it.
  private var leadBlock: UInt32 = 0
  private let leadPlaces: UnsafeMutablePointer<UInt8>
  /// For each tracked term but the first, the block and the place in it of each candidate.
  private var blocks: UnsafeMutablePointer<UInt32>
  private var places: UnsafeMutablePointer<UInt8>
  private var trackedCapacity = 4
  private var tracked = 0

  init() {
    unsafe documents = .allocate(capacity: Self.room)
    unsafe sums = .allocate(capacity: Self.room)
    unsafe scores = .allocate(capacity: Self.room)
    unsafe candidatePlaces = .allocate(capacity: Self.room)
    unsafe blockPlaces = .allocate(capacity: Self.room)
    unsafe leadPlaces = .allocate(capacity: Self.room)
    unsafe blocks = .allocate(capacity: trackedCapacity * Self.capacity)
    unsafe places = .allocate(capacity: trackedCapacity * Self.capacity)
  }

  deinit {
    unsafe documents.deallocate()
    unsafe sums.deallocate()
    unsafe scores.deallocate()
    unsafe candidatePlaces.deallocate()
    unsafe blockPlaces.deallocate()
    unsafe leadPlaces.deallocate()
    unsafe blocks.deallocate()
    unsafe places.deallocate()
  }

  /// Makes room to keep where the first `terms` terms find the candidates.
  func track(_ terms: Int) {
    tracked = terms
    guard terms > trackedCapacity else { return }
    trackedCapacity = terms
    unsafe blocks.deallocate()
    unsafe places.deallocate()
    unsafe blocks = .allocate(capacity: terms * Self.capacity)
    unsafe places = .allocate(capacity: terms * Self.capacity)
  }

  @inline(__always)
  func document(_ place: Int) -> DocID {
    precondition(place >= 0 && place < count)
    return unsafe documents[place]
  }

  @inline(__always)
  func sum(_ place: Int) -> Double {
    precondition(place >= 0 && place < count)
    return unsafe sums[place]
  }

  /// Where a tracked term found a candidate.
  @inline(__always)
  func location(ofTerm term: Int, _ place: Int) -> (block: Int, place: Int) {
    precondition(place >= 0 && place < count && term >= 0 && term < tracked)
    if term == 0 { return unsafe (Int(leadBlock), Int(leadPlaces[place])) }
    let at = term * Self.capacity + place
    return unsafe (Int(blocks[at]), Int(places[at]))
  }

  // MARK: Filling

  /// Takes the documents of a block of the first term that are not below `start`, without those that cannot score above
  /// `minimum` by this term. With `scores` they come with their scores. False at the end of the list.
  func fill(
    from scored: inout ScoredCursor, block: Int, start: DocID, above minimum: Double, scores hasScores: Bool
  ) -> Bool {
    leadBlock = UInt32(truncatingIfNeeded: block)
    count = 0
    let lowest = minimum > -.infinity ? scored.lowestFrequency(inBlock: block, above: minimum) : 1
    var selected = 0
    if lowest > 1 {
      // Few are that frequent, in most blocks none: then there is no need to know the documents.
      let length = scored.cursor.open(block)
      selected = unsafe BatchKernels.select(
        scored.cursor.blockFrequencies(), count: length, from: lowest, into: candidatePlaces)
      if selected == 0 { return length > 0 }
    }
    guard scored.cursor.enter(block) != .end else { return false }
    let length = scored.cursor.blockLength
    let source = unsafe scored.cursor.blockDocuments
    let from = unsafe source[0] >= start ? 0 : BatchKernels.place(of: start, in: source)
    if lowest > 1 {
      let frequencies = unsafe scored.cursor.blockFrequencies()
      for i in 0..<selected {
        let place = unsafe Int(candidatePlaces[i])
        if place < from { continue }
        let sum =
          unsafe hasScores
          ? Double(scored.scoring.score(frequency: frequencies[place], document: source[place])) : 0
        if !hasScores || sum > minimum { unsafe append(source[place], sum, place) }
      }
    } else if hasScores {
      unsafe scored.scoring.score(source, scored.cursor.blockFrequencies(), count: length, into: scores)
      let selected = unsafe BatchKernels.select(
        scores, count: length, above: Float(minimum).nextDown, into: candidatePlaces)
      for i in 0..<selected {
        let place = unsafe Int(candidatePlaces[i])
        if place >= from { unsafe append(source[place], Double(scores[place]), place) }
      }
    } else {
      for place in from..<max(from, length) { unsafe append(source[place], 0, place) }
    }
    return true
  }

  /// Leaves out the documents from `end` on.
  func drop(from end: DocID) {
    while count > 0, unsafe documents[count - 1] >= end { count -= 1 }
  }

  @inline(__always)
  private func append(_ document: DocID, _ sum: Double, _ place: Int) {
    unsafe documents[count] = document
    unsafe sums[count] = sum
    unsafe leadPlaces[count] = UInt8(truncatingIfNeeded: place)
    count += 1
  }

  /// Adds the scores of the first term to candidates that came without.
  func addLead(_ scored: ScoredCursor) {
    for candidate in 0..<count where unsafe sums[candidate] > -.infinity {
      let frequency = unsafe scored.cursor.frequency(inBlock: Int(leadBlock), at: Int(leadPlaces[candidate]))
      unsafe sums[candidate] += Double(scored.scoring.score(frequency: frequency, document: documents[candidate]))
    }
  }

  // MARK: Passing through the parts of a query

  /// Hands each candidate that a term has, in order, with where it is. Candidates in a block are left out when none of
  /// their sums together with the block's bound is above `minimum`; `body` is not asked about them.
  @inline(__always)
  private func forEachFound(
    _ scored: inout ScoredCursor, blocksAbove minimum: Double = -.infinity,
    _ body: (_ place: Int, _ cursor: PostingsCursor, _ block: Int, _ blockPlace: Int) -> Void,
    leftOut: (_ places: Range<Int>) -> Void = { _ in }
  ) {
    let all = count
    var first = 0
    while first < all {
      let block = unsafe scored.cursor.blockReaching(documents[first], from: max(0, scored.cursor.currentBlock))
      if block >= scored.cursor.blockCount { return }
      let last = scored.cursor.lastDocument(ofBlock: block)
      var end = first + 1
      while end < all, unsafe documents[end] <= last { end += 1 }
      if minimum > -.infinity {
        var highest = unsafe sums[first]
        for place in first + 1..<max(first + 1, end) { highest = unsafe max(highest, sums[place]) }
        if highest + scored.bound(ofBlock: block) <= minimum {
          leftOut(first..<end)
          first = end
          continue
        }
      }
      let found = unsafe scored.cursor.find(
        documents + first, end - first, inBlock: block, candidatePlaces: candidatePlaces, blockPlaces: blockPlaces)
      for i in 0..<found { unsafe body(first + Int(candidatePlaces[i]), scored.cursor, block, Int(blockPlaces[i])) }
      first = end
    }
  }

  /// Keeps the candidates that a further required term has. With `scores`, adds its scores, and keeps those only whose sum
  /// is above `minimum`; with the bound of its block it has to be above `minimumOfBlocks`. `term` numbers it among the
  /// tracked ones.
  func require(
    _ scored: inout ScoredCursor, term: Int, scores: Bool, above minimum: Double, blocksAbove minimumOfBlocks: Double
  ) {
    let scoring = scored.scoring
    var kept = 0
    forEachFound(&scored, blocksAbove: minimumOfBlocks) { place, cursor, block, blockPlace in
      let document = unsafe documents[place]
      var sum = unsafe sums[place]
      if scores, sum > -.infinity {
        sum += Double(scoring.score(frequency: cursor.frequency(inBlock: block, at: blockPlace), document: document))
        if sum <= minimum { return }
      }
      move(place, to: kept, sum: sum)
      if term < tracked {
        unsafe blocks[term * Self.capacity + kept] = UInt32(truncatingIfNeeded: block)
        unsafe places[term * Self.capacity + kept] = UInt8(truncatingIfNeeded: blockPlace)
      }
      kept += 1
    }
    count = kept
  }

  /// Takes out the candidates that a term has.
  func exclude(_ scored: inout ScoredCursor) {
    var isOut = InlineArray<2, UInt64>(repeating: 0)
    var any = false
    forEachFound(&scored) { place, _, _, _ in
      isOut[place >> 6] |= 1 << UInt64(place & 63)
      any = true
    }
    if any { keep { isOut[$0 >> 6] & (1 << UInt64($0 & 63)) == 0 } }
  }

  /// Adds the scores of a term where it has a candidate. Candidates whose sum together with the bound of the term's block
  /// is not above `minimumOfBlocks` are out of the running.
  func add(_ scored: inout ScoredCursor, blocksAbove minimumOfBlocks: Double) {
    let scoring = scored.scoring
    forEachFound(&scored, blocksAbove: minimumOfBlocks) { place, cursor, block, blockPlace in
      let frequency = cursor.frequency(inBlock: block, at: blockPlace)
      unsafe sums[place] += Double(scoring.score(frequency: frequency, document: documents[place]))
    } leftOut: { places in
      for place in places { unsafe sums[place] = -.infinity }
    }
  }

  /// Keeps the candidates for which `body` says so, in order.
  @inline(__always)
  func keep(where body: (_ place: Int) -> Bool) {
    var kept = 0
    for place in 0..<count where body(place) {
      move(place, to: kept, sum: unsafe sums[place])
      kept += 1
    }
    count = kept
  }

  /// Adds to the score of a candidate.
  @inline(__always)
  func add(_ score: Double, to place: Int) {
    precondition(place >= 0 && place < count)
    unsafe sums[place] += score
  }

  /// Marks the candidates whose sum is not above `minimum` as out of the running for a place among the best, so that they
  /// are only counted.
  func retire(upTo minimum: Double) {
    for place in 0..<count where unsafe sums[place] <= minimum { unsafe sums[place] = -.infinity }
  }

  /// How many of the candidates a term has.
  func countFound(_ scored: inout ScoredCursor) -> Int {
    var found = 0
    forEachFound(&scored) { _, _, _, _ in found += 1 }
    return found
  }

  /// Takes documents that are marked in a set of bits: those of the words from `word` on, as long as there is room.
  /// Returns the word to go on with.
  func fill(from marks: UnsafePointer<UInt64>, words: Int, start: DocID, word: Int) -> Int {
    count = 0
    var word = word
    while word < words, count <= Self.capacity - 64 {
      var bits = unsafe marks[word]
      while bits != 0 {
        unsafe documents[count] = start &+ DocID(word << 6 + bits.trailingZeroBitCount)
        count += 1
        bits &= bits - 1
      }
      word += 1
    }
    return word
  }

  /// Moves a candidate down, and sets its sum.
  ///
  /// - Precondition: `new <= place`, both are below the count.
  @inline(__always)
  func move(_ place: Int, to new: Int, sum: Double) {
    precondition(new >= 0 && new <= place && place < Self.capacity)
    unsafe documents[new] = documents[place]
    unsafe sums[new] = sum
    if new == place { return }
    unsafe leadPlaces[new] = leadPlaces[place]
    for term in 1..<max(1, tracked) {
      let base = term * Self.capacity
      unsafe blocks[base + new] = blocks[base + place]
      unsafe places[base + new] = places[base + place]
    }
  }

  /// Keeps the first candidates only.
  @inline(__always)
  func truncate(to newCount: Int) { count = min(count, newCount) }
}
