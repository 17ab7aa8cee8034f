// Groups the occurrences of a log by term.

internal import Storage

/// Scatters a log into runs of (document, position), one run for each of a range of terms, and feeds the runs
/// to a postings writer. Several passes over the log bound the memory: reading it again costs less than
/// keeping all of it twice.
///
/// Invariant: `next[t]` is where the next occurrence of term t goes in `runs` during a scatter, or `unwanted`;
/// the runs of the terms of one pass lie one behind another and are as long as the terms' occurrences.
@safe
final class OccurrenceGrouper {
  private static let unwanted = UInt32.max
  /// The share of the log that one pass groups.
  private static let passes = 4
  /// Below this many occurrences one pass takes all.
  private static let smallLog = 1 << 20

  private let log: OccurrenceLog
  private let terms: TermTable
  private let passLength: Int
  private let next: UnsafeMutablePointer<UInt32>
  private var runs: UnsafeMutablePointer<UInt64>
  private var runsCapacity: Int

  init(log: OccurrenceLog, terms: TermTable) {
    self.log = log
    self.terms = terms
    passLength = max(Self.smallLog, log.count / Self.passes)
    unsafe next = .allocate(capacity: max(1, terms.count))
    unsafe next.initialize(repeating: Self.unwanted, count: max(1, terms.count))
    runsCapacity = 0
    unsafe runs = .allocate(capacity: 1)
  }

  deinit {
    unsafe next.deallocate()
    unsafe runs.deallocate()
  }

  /// Groups the terms of `order` from `first` on, as many as one pass takes. Returns the end of them.
  func group(_ order: [UInt32], from first: Int) -> Int {
    unsafe next.update(repeating: Self.unwanted, count: max(1, terms.count))
    var total = 0
    var end = first
    while end < order.count {
      let occurrences = terms.occurrences(order[end])
      if end > first, total + occurrences > passLength { break }
      unsafe next[Int(order[end])] = UInt32(total)
      total += occurrences
      end += 1
    }
    // One slot more takes the occurrences of unwanted terms, so that the loop has no branch on them.
    if total + 1 > runsCapacity {
      unsafe runs.deallocate()
      runsCapacity = total + 1
      unsafe runs = .allocate(capacity: runsCapacity)
    }
    scatter(rubbish: UInt32(total))
    return end
  }

  private func scatter(rubbish: UInt32) {
    let next = unsafe self.next
    let runs = unsafe self.runs
    var document: UInt64 = 0
    var position: UInt32 = 0
    unsafe log.forEachRun { entries in
      for index in 0..<entries.count {
        let entry = unsafe entries[index]
        if entry < OccurrenceLog.positionMark {
          let place = unsafe next[Int(entry)]
          let wanted = place != Self.unwanted
          unsafe runs[Int(wanted ? place : rubbish)] = document | UInt64(position)
          unsafe next[Int(entry)] = wanted ? place &+ 1 : place
          position &+= 1
        } else if entry == OccurrenceLog.endOfDocument {
          document &+= 1 << 32
          position = 0
        } else {
          position = entry & ~OccurrenceLog.positionMark
        }
      }
    }
  }

  /// Feeds the postings of a term of the last pass to the writer.
  func encode(_ term: UInt32, hasPositions: Bool, norms: [UInt8]?, into writer: PostingsWriter) throws(IndexError)
    -> TermInfo
  {
    let count = terms.occurrences(term)
    let end = unsafe Int(next[Int(term)])
    let run = unsafe UnsafeBufferPointer(start: runs + (end - count), count: count)
    if let norms {
      return unsafe try norms.withUnsafeBufferPointer { (codes) throws(IndexError) in
        try unsafe encode(run, hasPositions: hasPositions, norms: codes.baseAddress, into: writer)
      }
    }
    return try unsafe encode(run, hasPositions: hasPositions, norms: nil, into: writer)
  }

  private func encode(
    _ run: UnsafeBufferPointer<UInt64>, hasPositions: Bool, norms: UnsafePointer<UInt8>?, into writer: PostingsWriter
  ) throws(IndexError) -> TermInfo {
    unsafe writer.beginTerm(hasPositions: hasPositions, norms: norms)
    var place = 0
    while place < run.count {
      let document = unsafe run[place] >> 32
      let start = place
      var previous: UInt32 = 0
      while place < run.count, unsafe run[place] >> 32 == document {
        if hasPositions {
          let position = unsafe UInt32(truncatingIfNeeded: run[place])
          writer.add(positionDelta: position &- previous)
          previous = position
        }
        place += 1
      }
      writer.add(document: DocID(truncatingIfNeeded: document), frequency: UInt32(place - start))
    }
    return try writer.endTerm()
  }
}
