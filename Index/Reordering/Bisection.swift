// Cuts one partition of documents in two.

/// Swaps documents between the halves of a partition while that makes the gaps of posting lists shorter.
///
/// One round works out for each document what moving it alone would save, and swaps the documents of both sides that
/// want it most, as long as the two of a pair gain together (Dhulipala et al., KDD 2016). As Mackenzie, Petri and Moffat do
/// ("Faster Index Reordering with Bipartite Graph Partitioning", SIGIR 2021), those to swap are selected rather than sorted,
/// and a pair has to gain more from round to round, so that it ends sooner.
///
/// Documents stay where they are in memory and a flag says which half each is in: every pass reads the lists from
/// front to back.
@safe
final class Bisection: Sendable {
  private let lists: DocumentLists
  private let workers: Workers
  private let leftCount: Int
  private let isLeft: FlatBuffer<UInt8>
  private let leftDegrees: FlatBuffer<UInt32>
  /// For each term, what a document of the left half saves for it by moving to the right, and the other way round.
  private let leftWeights: FlatBuffer<Int32>
  private let rightWeights: FlatBuffer<Int32>
  /// How much each document is for the left half.
  private let attractions: FlatBuffer<Int32>
  private let candidates: FlatBuffer<UInt64>
  /// A count of changes by term for each thread but the first.
  private let changes: [FlatBuffer<UInt32>]

  /// - Precondition: there are at least two documents.
  init(_ lists: DocumentLists, workers: Workers) {
    precondition(lists.count >= 2)
    self.lists = lists
    self.workers = workers
    leftCount = lists.count / 2
    isLeft = FlatBuffer(uninitialized: lists.count)
    leftDegrees = FlatBuffer(zeros: lists.termCount)
    leftWeights = FlatBuffer(uninitialized: lists.termCount)
    rightWeights = FlatBuffer(uninitialized: lists.termCount)
    attractions = FlatBuffer(uninitialized: lists.count)
    candidates = FlatBuffer(uninitialized: lists.count)
    changes = (1..<workers.threads).map { _ in FlatBuffer(zeros: lists.termCount) }
  }

  /// Swaps documents in at most `iterations` rounds; fewer when `shouldContinue`, asked before each, says no.
  func run(iterations: Int, shouldContinue: () -> Bool = { true }) {
    for document in 0..<lists.count { unsafe isLeft.base[document] = document < leftCount ? 1 : 0 }
    for document in 0..<leftCount { unsafe candidates.base[document] = UInt64(document) }
    updateDegrees(leftCount)
    for round in 0..<iterations {
      guard shouldContinue() else { return }
      computeWeights()
      // Rounds are dear where partitions are large and worth less and less.
      let swapped = swap(threshold: Int32(round) * MoveGains.scale / 2)
      if swapped == 0 { return }
      updateDegrees(swapped)
    }
  }

  /// Counts documents into or out of the left half by their flags; they are the first candidates.
  private func updateDegrees(_ count: Int) {
    workers.forEachPart(of: count) { part, range in
      let starts = unsafe lists.starts.base
      let terms = unsafe lists.terms.base
      let degrees = unsafe part == 0 ? leftDegrees.base : changes[part - 1].base
      for place in range {
        let document = unsafe Int(truncatingIfNeeded: candidates.base[place] & 0x7FFF_FFFF)
        let change: UInt32 = unsafe isLeft.base[document] == 1 ? 1 : .max
        for at in unsafe Int(starts[document])..<Int(starts[document + 1]) { unsafe degrees[Int(terms[at])] &+= change }
      }
    }
    for change in changes {
      for term in 0..<lists.termCount {
        unsafe leftDegrees.base[term] &+= change.base[term]
        unsafe change.base[term] = 0
      }
    }
  }

  private func computeWeights() {
    let gains = MoveGains.shared
    workers.forEachPart(of: lists.termCount) { _, range in
      for term in range {
        let left = unsafe leftDegrees.base[term]
        let right = unsafe lists.degrees.base[term] &- left
        unsafe leftWeights.base[term] = left == 0 ? 0 : gains.step(right) - gains.step(left - 1)
        unsafe rightWeights.base[term] = right == 0 ? 0 : gains.step(left) - gains.step(right - 1)
      }
    }
  }

  /// Swaps as many pairs as gain more than `threshold` and leaves those documents as the first candidates. Returns how
  /// many documents that are.
  private func swap(threshold: Int32) -> Int {
    let (lowestLeft, highestRight) = computeAttractions(threshold: threshold)
    guard lowestLeft < highestRight else { return 0 }
    // Only these can be of a pair that gains. The upper ones of them will be in the left half.
    var count = 0
    var lefts = 0
    for document in 0..<lists.count {
      let attraction = unsafe attractions.base[document]
      let left = unsafe isLeft.base[document]
      let isCandidate = left == 1 ? attraction < highestRight : attraction > lowestLeft
      let order = UInt64(UInt32(bitPattern: attraction) ^ 1 << 31)
      unsafe candidates.base[count] = order << 32 | UInt64(left) << 31 | UInt64(document)
      count += isCandidate ? 1 : 0
      lefts += isCandidate ? Int(left) : 0
    }
    unsafe Selection.partition(candidates.base, count, lowest: count - lefts)
    var swapped = 0
    for place in 0..<count {
      let key = unsafe candidates.base[place]
      let document = Int(key & 0x7FFF_FFFF)
      let belongs: UInt8 = place >= count - lefts ? 1 : 0
      if unsafe isLeft.base[document] != belongs {
        unsafe isLeft.base[document] = belongs
        unsafe candidates.base[swapped] = key
        swapped += 1
      }
    }
    return swapped
  }

  /// Works out how much each document is for the left half; those of the right half have `threshold` taken off. Returns the
  /// lowest of the left half and the highest of the right.
  private func computeAttractions(threshold: Int32) -> (Int32, Int32) {
    let lowest = FlatBuffer<Int32>(uninitialized: workers.threads)
    let highest = FlatBuffer<Int32>(uninitialized: workers.threads)
    for part in 0..<workers.threads {
      lowest[part] = .max
      highest[part] = .min
    }
    workers.forEachPart(of: lists.count) { part, range in
      let starts = unsafe lists.starts.base
      let terms = unsafe lists.terms.base
      var lowestLeft = Int32.max
      var highestRight = Int32.min
      for document in range {
        let begin = unsafe Int(starts[document])
        let count = unsafe Int(starts[document + 1]) - begin
        if unsafe isLeft.base[document] == 1 {
          let gain = unsafe Self.sum(leftWeights.base, at: terms + begin, count)
          let attraction = Int32(clamping: -gain)
          unsafe attractions.base[document] = attraction
          lowestLeft = min(lowestLeft, attraction)
        } else {
          let gain = unsafe Self.sum(rightWeights.base, at: terms + begin, count)
          let attraction = Int32(clamping: gain - Int(threshold))
          unsafe attractions.base[document] = attraction
          highestRight = max(highestRight, attraction)
        }
      }
      lowest[part] = lowestLeft
      highest[part] = highestRight
    }
    var result = (Int32.max, Int32.min)
    for part in 0..<workers.threads { result = (min(result.0, lowest[part]), max(result.1, highest[part])) }
    return result
  }

  @inline(__always)
  private static func sum(_ weights: UnsafePointer<Int32>, at terms: UnsafePointer<UInt32>, _ count: Int) -> Int {
    // Two chains of additions, so that they do not wait for each other.
    var even = 0
    var odd = 0
    var place = 0
    while place + 1 < count {
      unsafe even &+= Int(weights[Int(terms[place])])
      unsafe odd &+= Int(weights[Int(terms[place + 1])])
      place += 2
    }
    if place < count { unsafe even &+= Int(weights[Int(terms[place])]) }
    return even &+ odd
  }

  // MARK: The halves

  /// The numbers of the documents of one half, in their order.
  func forEachDocument(ofLeft left: Bool, _ body: (UInt32) -> Void) {
    for document in 0..<lists.count where unsafe isLeft.base[document] == (left ? 1 : 0) {
      body(lists.documents[document])
    }
  }

  /// Both halves as partitions of their own. Called once, after ``run(iterations:)``.
  func halves() -> (left: DocumentLists, right: DocumentLists) {
    if workers.threads == 1 { return (half(left: true), half(left: false)) }
    let results = Halves()
    workers.forEachPart(of: workers.threads) { part, _ in
      if part == 0 { results.left = half(left: true) }
      if part == 1 { results.right = half(left: false) }
    }
    return (results.left ?? half(left: true), results.right ?? half(left: false))
  }

  /// Written by one thread each.
  private final class Halves: @unchecked Sendable {
    var left: DocumentLists?
    var right: DocumentLists?
  }

  /// Terms in one document of the half, and those in all of them, make no difference there and are left out.
  private func half(left: Bool) -> DocumentLists {
    let count = left ? leftCount : lists.count - leftCount
    // The weights are of no more use.
    let numbers = unsafe left ? leftWeights.base : rightWeights.base
    var termCount = 0
    var postings = 0
    for term in 0..<lists.termCount {
      let degree = unsafe left ? leftDegrees.base[term] : lists.degrees.base[term] &- leftDegrees.base[term]
      let isKept = degree >= 2 && degree < count
      unsafe numbers[term] = isKept ? Int32(termCount) : -1
      termCount += isKept ? 1 : 0
      postings += isKept ? Int(degree) : 0
    }
    let half = DocumentLists(
      documents: FlatBuffer(uninitialized: count), starts: FlatBuffer(uninitialized: count + 1),
      // A term that is left out is written all the same and then written over.
      terms: FlatBuffer(uninitialized: postings + 1), degrees: FlatBuffer(uninitialized: termCount))
    for term in 0..<lists.termCount where unsafe numbers[term] >= 0 {
      unsafe half.degrees.base[Int(numbers[term])] =
        left ? leftDegrees.base[term] : lists.degrees.base[term] &- leftDegrees.base[term]
    }
    let wanted: UInt8 = left ? 1 : 0
    var next = 0
    var end = 0
    for document in 0..<lists.count where unsafe isLeft.base[document] == wanted {
      unsafe half.documents.base[next] = lists.documents.base[document]
      unsafe half.starts.base[next] = UInt32(end)
      next += 1
      for at in unsafe Int(lists.starts.base[document])..<Int(lists.starts.base[document + 1]) {
        let number = unsafe numbers[Int(lists.terms.base[at])]
        unsafe half.terms.base[end] = UInt32(bitPattern: number)
        end += number >= 0 ? 1 : 0
      }
    }
    unsafe half.starts.base[count] = UInt32(end)
    return half
  }
}
