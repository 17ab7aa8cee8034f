// Groups the occurrences of a log by term.

internal import CKernels
internal import Storage

/// Scatters a log into runs of (document, position), one run for each of a range of terms, and feeds the runs
/// to a postings writer. Several passes over the log bound the memory: reading it again costs less than
/// keeping all of it twice.
///
/// A pass first collects what belongs to it, a small buffer full at a time, and then moves the buffer to the runs: the
/// first loop needs one byte for each term, which caches hold, and no branch; the second asks for the memory of all
/// before it waits for any.
///
/// Invariants: `isWanted[t]` is 1 for the terms of the pass and 0 for others; `next[t]` is where the next occurrence of
/// a wanted term t goes in `runs` during a scatter; the runs of the terms of one pass lie one behind another and are as
/// long as the terms' occurrences; every number in the log is below `terms.count`.
@safe
final class OccurrenceGrouper {
  /// How many passes group a log.
  private static let passes = 4
  /// Grouping takes the log's memory divided by this: eight bytes an occurrence instead of four, but for a pass's
  /// share only.
  static let shareOfLog = passes / 2
  /// Below this many occurrences one pass takes all.
  private static let smallLog = 1 << 20
  /// Occurrences that are collected before they are moved.
  private static let collected = 256

  private let log: OccurrenceLog
  private let terms: TermTable
  private let passLength: Int
  private let nextMemory: LargeMemory
  private let next: UnsafeMutablePointer<UInt32>
  private let isWanted: UnsafeMutablePointer<UInt8>
  private var runsMemory: LargeMemory
  private var runs: UnsafeMutablePointer<UInt64>
  /// What was collected: terms, and documents with positions.
  private let collectedTerms: UnsafeMutablePointer<UInt32>
  private let collectedPlaces: UnsafeMutablePointer<UInt64>
  /// For the occurrences of one term.
  private let buffers: UnsafeMutablePointer<UInt32>

  init(log: OccurrenceLog, terms: TermTable) {
    self.log = log
    self.terms = terms
    passLength = max(Self.smallLog, log.count / Self.passes)
    let count = max(1, terms.count)
    nextMemory = LargeMemory(byteCount: 5 * count)
    unsafe next = nextMemory.base.bindMemory(to: UInt32.self, capacity: count)
    unsafe isWanted = (nextMemory.base + 4 * count).bindMemory(to: UInt8.self, capacity: count)
    runsMemory = LargeMemory(byteCount: 8)
    unsafe runs = runsMemory.base.bindMemory(to: UInt64.self, capacity: 1)
    unsafe collectedTerms = .allocate(capacity: Self.collected)
    unsafe collectedPlaces = .allocate(capacity: Self.collected)
    unsafe buffers = .allocate(capacity: OccurrenceFeed.bufferLength)
  }

  deinit {
    unsafe collectedTerms.deallocate()
    unsafe collectedPlaces.deallocate()
    unsafe buffers.deallocate()
  }

  /// Groups the terms of `order` from `first` on, as many as one pass takes. Returns the end of them.
  func group(_ order: [UInt32], from first: Int) -> Int {
    unsafe isWanted.update(repeating: 0, count: max(1, terms.count))
    var total = 0
    var end = first
    while end < order.count {
      let occurrences = terms.occurrences(order[end])
      if occurrences > passLength {
        // Taken from the log itself, without memory, in a pass of its own.
        if end == first { end += 1 }
        break
      }
      if total + occurrences > passLength { break }
      unsafe next[Int(order[end])] = UInt32(total)
      unsafe isWanted[Int(order[end])] = 1
      total += occurrences
      end += 1
    }
    if 8 * total > runsMemory.byteCount {
      runsMemory = LargeMemory(byteCount: 8 * total)
      unsafe runs = runsMemory.base.bindMemory(to: UInt64.self, capacity: total)
    }
    if total > 0 { scatter() }
    return end
  }

  private func scatter() {
    let isWanted = unsafe UnsafePointer(self.isWanted)
    let collectedTerms = unsafe self.collectedTerms
    let collectedPlaces = unsafe self.collectedPlaces
    var document: UInt64 = 0
    var position: UInt32 = 0
    var count = 0
    unsafe log.forEachRun { entries in
      for index in 0..<entries.count {
        let entry = unsafe entries[index]
        if entry < OccurrenceLog.positionMark {
          unsafe collectedTerms[count] = entry
          unsafe collectedPlaces[count] = document | UInt64(position)
          count &+= unsafe Int(isWanted[Int(entry)])
          position &+= 1
          if count == Self.collected {
            move(count)
            count = 0
          }
        } else if entry == OccurrenceLog.endOfDocument {
          document &+= 1 << 32
          position = 0
        } else {
          position = entry & ~OccurrenceLog.positionMark
        }
      }
    }
    move(count)
  }

  /// Moves what was collected to the runs.
  @inline(never)
  private func move(_ count: Int) {
    let next = unsafe self.next
    let runs = unsafe self.runs
    let terms = unsafe collectedTerms
    let places = unsafe collectedPlaces
    for i in 0..<count { unsafe ckernels_prefetch(next + Int(terms[i])) }
    for i in 0..<count {
      let term = unsafe Int(terms[i])
      let place = unsafe next[term]
      unsafe next[term] = place &+ 1
      unsafe terms[i] = place
      unsafe ckernels_prefetch_for_writing(runs + Int(place))
    }
    for i in 0..<count { unsafe runs[Int(terms[i])] = places[i] }
  }

  /// Feeds the postings of a term of the last pass to the writer.
  func encode(_ term: UInt32, hasPositions: Bool, norms: [UInt8]?, into writer: PostingsWriter) throws(IndexError)
    -> TermInfo
  {
    if let norms {
      return unsafe try norms.withUnsafeBufferPointer { (codes) throws(IndexError) in
        try unsafe encode(term, hasPositions: hasPositions, codes: codes.baseAddress, into: writer)
      }
    }
    return try unsafe encode(term, hasPositions: hasPositions, codes: nil, into: writer)
  }

  private func encode(_ term: UInt32, hasPositions: Bool, codes: UnsafePointer<UInt8>?, into writer: PostingsWriter)
    throws(IndexError) -> TermInfo
  {
    unsafe writer.beginTerm(hasPositions: hasPositions, norms: codes)
    let count = terms.occurrences(term)
    var feed = unsafe OccurrenceFeed(writer: writer, hasPositions: hasPositions, buffers: buffers)
    if count > passLength {
      takeFromLog(term, &feed)
    } else {
      let end = unsafe Int(next[Int(term)])
      unsafe feed.take(UnsafeBufferPointer(start: runs + (end - count), count: count))
    }
    feed.finish()
    return try writer.endTerm()
  }

  private func takeFromLog(_ term: UInt32, _ feed: inout OccurrenceFeed) {
    var document: UInt64 = 0
    var position: UInt32 = 0
    var filled = 0
    unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: OccurrenceFeed.piece) { run in
      unsafe log.forEachRun { entries in
        for index in 0..<entries.count {
          let entry = unsafe entries[index]
          if entry < OccurrenceLog.positionMark {
            if entry == term {
              unsafe run.initializeElement(at: filled, to: document | UInt64(position))
              filled += 1
              if filled == OccurrenceFeed.piece {
                unsafe feed.take(UnsafeBufferPointer(run))
                filled = 0
              }
            }
            position &+= 1
          } else if entry == OccurrenceLog.endOfDocument {
            document &+= 1 << 32
            position = 0
          } else {
            position = entry & ~OccurrenceLog.positionMark
          }
        }
      }
      unsafe feed.take(UnsafeBufferPointer(rebasing: run[..<filled]))
    }
  }
}
