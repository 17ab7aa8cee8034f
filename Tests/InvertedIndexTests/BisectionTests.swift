// The order that recursive graph bisection finds.

import Glibc
import Storage
import Synchronization
import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct BisectionTests {
  /// Lists of documents that are about one of `topics` topics, each with terms of its own, in a random order.
  private func lists(documents: Int, topics: Int, termsOfTopic: Int, seed: UInt64) -> (
    lists: DocumentLists, topics: [Int]
  ) {
    var generator = SeededGenerator(seed: seed)
    var terms: [[UInt32]] = []
    var topicOf: [Int] = []
    for _ in 0..<documents {
      let topic = Int.random(in: 0..<max(1, topics), using: &generator)
      topicOf.append(topic)
      var own: Set<UInt32> = []
      for _ in 0..<(termsOfTopic == 0 ? 0 : Int.random(in: 1...8, using: &generator)) {
        own.insert(UInt32(topic * termsOfTopic + Int.random(in: 0..<termsOfTopic, using: &generator)))
      }
      terms.append(own.sorted())
    }
    return (Self.lists(terms, termCount: max(1, topics) * termsOfTopic), topicOf)
  }

  private static func lists(_ terms: [[UInt32]], termCount: Int) -> DocumentLists {
    let starts = FlatBuffer<UInt32>(zeros: terms.count + 1)
    let all = FlatBuffer<UInt32>(zeros: terms.reduce(0) { $0 + $1.count })
    let degrees = FlatBuffer<UInt32>(zeros: termCount)
    let documents = FlatBuffer<UInt32>(zeros: terms.count)
    var end = 0
    for (document, own) in terms.enumerated() {
      documents[document] = UInt32(document)
      for term in own {
        all[end] = term
        degrees[Int(term)] += 1
        end += 1
      }
      starts[document + 1] = UInt32(end)
    }
    return DocumentLists(documents: documents, starts: starts, terms: all, degrees: degrees)
  }

  private func order(_ lists: DocumentLists, threads: Int, leafSize: Int = 32) throws -> [DocID] {
    var options = ReorderingOptions()
    options.threads = threads
    options.leafSize = leafSize
    return try RecursiveBisection(options, progress: { _ in }, shouldContinue: { true }).order(lists)
  }

  @Test(arguments: [0, 1, 2, 3, 31, 32, 33, 63, 64, 65, 100, 1_000, 1_025])
  func anOrderNamesEveryDocumentOnce(documents: Int) throws {
    for (topics, terms) in [(1, 0), (1, 1), (3, 5), (40, 20)] {
      for leafSize in [1, 2, 32] {
        let lists = lists(documents: documents, topics: topics, termsOfTopic: terms, seed: UInt64(documents)).lists
        let order = try order(lists, threads: 1, leafSize: leafSize)
        #expect(order.sorted() == (0..<DocID(documents)).map { $0 }, "\(topics) topics, leaves of \(leafSize)")
      }
    }
  }

  @Test func theOrderDoesNotDependOnTheNumberOfThreads() throws {
    // More than one thread's share, so that a partition is worked on by several.
    let documents = 2 * RecursiveBisection.documentsPerTask + 77
    let lists = lists(documents: documents, topics: 300, termsOfTopic: 12, seed: 5).lists
    let alone = try order(lists, threads: 1)
    #expect(alone.sorted() == (0..<DocID(documents)).map { $0 })
    for threads in [2, 3, 8] { #expect(try order(lists, threads: threads) == alone, "\(threads) threads") }
  }

  @Test func documentsOfOneTopicEndUpTogether() throws {
    let (lists, topics) = lists(documents: 4_096, topics: 32, termsOfTopic: 30, seed: 9)
    func neighboursOfOneTopic(_ order: [DocID]) -> Double {
      let same = zip(order, order.dropFirst()).count { topics[Int($0)] == topics[Int($1)] }
      return Double(same) / Double(order.count - 1)
    }
    #expect(neighboursOfOneTopic((0..<4_096).map { DocID($0) }) < 0.06)
    #expect(neighboursOfOneTopic(try order(lists, threads: 1)) > 0.8)
  }

  @Test func anOrderIsCancelled() throws {
    for allowed in [0, 1, 5] {
      let lists = lists(documents: 2_000, topics: 10, termsOfTopic: 10, seed: 1).lists
      let asked = Atomic(0)
      let bisection = RecursiveBisection(ReorderingOptions(), progress: { _ in }) {
        asked.wrappingAdd(1, ordering: .relaxed).newValue <= allowed
      }
      let error = #expect(throws: IndexError.self) { try bisection.order(lists) }
      #expect(error?.code == .cancelled)
    }
  }

  @Test func progressGoesFromNothingToAll() throws {
    let seen = Mutex<[Double]>([])
    let lists = lists(documents: 1_000, topics: 10, termsOfTopic: 10, seed: 1).lists
    var options = ReorderingOptions()
    options.threads = 1
    let bisection = RecursiveBisection(options, progress: { part in seen.withLock { $0.append(part) } }) { true }
    _ = try bisection.order(lists)
    let fractions = seen.withLock { $0 }
    #expect(fractions == fractions.sorted())
    #expect((fractions.first ?? 1) < 0.5)
    #expect(fractions.last == 1)
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func selectionPutsTheLowestInFront(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...300, using: &generator)
    let lowest = Int.random(in: 0...count, using: &generator)
    // Different keys, some of them close together, in a random, an ascending or a descending order.
    var keys = Array(Set((0..<count).map { _ in UInt64.random(in: 0..<1_000, using: &generator) }))
    switch seed % 3 {
    case 0: keys.shuffle(using: &generator)
    case 1: keys.sort()
    default: keys.sort(by: >)
    }
    let wanted = min(lowest, keys.count)
    let sorted = keys.sorted()
    keys.withUnsafeMutableBufferPointer {
      guard let base = $0.baseAddress else { return }
      Selection.partition(base, $0.count, lowest: wanted)
    }
    #expect(keys.prefix(wanted).sorted() == Array(sorted.prefix(wanted)), "seed \(seed)")
    #expect(keys.sorted() == sorted, "seed \(seed)")
  }

  @Test func gainsAreDifferencesOfTheCost() {
    func cost(_ left: Double, _ right: Double, _ half: Double) -> Double {
      left * log2(half / (left + 1)) + right * log2(half / (right + 1))
    }
    for left in [1, 2, 5, 100, 4_095, 4_096, 4_097, 100_000] {
      for right in [0, 1, 7, 4_096, 250_000] {
        let before = cost(Double(left), Double(right), 1e6)
        let after = cost(Double(left - 1), Double(right + 1), 1e6)
        let gain = MoveGains.shared.step(UInt32(right)) - MoveGains.shared.step(UInt32(left - 1))
        #expect(abs(Double(gain) / Double(MoveGains.scale) - (before - after)) < 0.001, "\(left), \(right)")
      }
    }
  }
}
