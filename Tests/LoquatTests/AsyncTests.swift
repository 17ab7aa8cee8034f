// Operations that take long, from Swift's tasks: what they do, what they tell, and how they end.

@preconcurrency import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Loquat

@Suite struct AsyncTests {
  /// Lines of documents of random words, a few hundred bytes each.
  private func lines(_ count: Int, seed: UInt64 = 1) -> String {
    var generator = SeededGenerator(seed: seed)
    var text = ""
    for number in 0..<count {
      text += "{\"id\": \(number), \"text\": \"all"
      for _ in 0..<60 { text += " w\(Int.random(in: 0..<20_000, using: &generator))" }
      text += "\"}\n"
    }
    return text
  }

  private func index(_ folder: TemporaryFolder, documents: Int, segments: Int = 1) throws -> LoquatIndex {
    let index = try LoquatIndex(path: folder.path + "/index")
    for segment in 0..<segments {
      try index.update { writer in
        for number in 0..<documents / segments {
          let words = (0..<40).map { "w\((number * 7 + $0 * 31 + segment) % 5_000)" }.joined(separator: " ")
          try writer.add(Document(id: "\(segment)-\(number)", title: "title \(number % 10)", text: "all \(words)"))
        }
      }
    }
    return index
  }

  /// Collects what an operation tells.
  private final class Told: Sendable {
    private let states = Mutex<[OperationProgress]>([])

    func add(_ progress: OperationProgress) { states.withLock { $0.append(progress) } }

    /// Within each phase `done` never falls, and the phase ends with all of it done.
    func check(_ phases: [OperationProgress.Phase], _ comment: Comment) {
      let states = states.withLock { $0 }
      #expect(!states.isEmpty, comment)
      var seen: [OperationProgress.Phase] = []
      for (place, state) in states.enumerated() {
        if place > 0, states[place - 1].phase == state.phase {
          #expect(states[place - 1].done <= state.done, comment)
        } else {
          seen.append(state.phase)
        }
        if let total = state.total { #expect(state.done <= total, comment) }
        if place == states.count - 1 || states[place + 1].phase != state.phase {
          #expect(state.done == state.total, "\(comment): \(state)")
        }
      }
      #expect(seen == phases, comment)
    }
  }

  /// A flag that several tasks look at.
  private final class Flag: Sendable {
    private let flag: Atomic<Bool>

    init(_ value: Bool = false) { flag = Atomic(value) }

    var value: Bool { flag.load(ordering: .acquiring) }

    func set(_ value: Bool) { flag.store(value, ordering: .releasing) }
  }

  /// Counts those who have come.
  private final class Arrivals: Sendable {
    private let number = Atomic(0)

    var count: Int { number.load(ordering: .acquiring) }

    func add() { number.add(1, ordering: .acquiringAndReleasing) }
  }

  // MARK: What they do

  @Test func everyOperationDoesItsWorkAndTellsAllOfItsProgress() async throws {
    let folder = try TemporaryFolder()
    try folder.write(lines(3_000), to: "feed.jsonl")
    for number in 0..<20 { try folder.write("all of file \(number)", to: "files/\(number).txt") }
    let index = try LoquatIndex(path: folder.path + "/index")

    func options(_ told: Told) -> IndexingOptions {
      var options = IndexingOptions()
      options.control = OperationControl(progress: { told.add($0) })
      return options
    }
    var told = Told()
    #expect(try await index.addJSONLines([.file(folder.path + "/feed.jsonl")], options(told)).added == 3_000)
    told.check([.indexing, .committing], "addJSONLines")
    told = Told()
    #expect(try await index.addFiles([folder.path + "/files"], options(told)).added == 20)
    told.check([.indexing, .committing], "addFiles")
    told = Told()
    let summary = try await index.update(options(told)) { writer in
      for number in 0..<2_000 { try writer.add(Document(id: "u\(number)", text: "all updated")) }
    }
    #expect(summary.added == 2_000)
    told.check([.committing], "update")
    told = Told()
    #expect(try await index.delete(where: "updated", .or, options(told)).removed == 2_000)
    #expect(try await index.delete(where: .text("nothing")).removed == 0)
    told = Told()
    #expect(try await index.verify(control: options(told).control).documents > 3_000)
    told.check([.verifying], "verify")
    told = Told()
    try await index.optimize(control: options(told).control)
    told.check([.merging], "optimize")
    #expect(index.current.reader.segmentCount == 1)
    told = Told()
    try await index.reorder(control: options(told).control)
    told.check([.reading, .ordering, .writing], "reorder")
    told = Told()
    #expect(try await index.rebuild(nil, options(told)).added == 3_020)
    told.check([.indexing, .committing], "rebuild")
    let found = try await index.search("all")
    #expect(found.total == 3_020 && found.hits.count == 10)
    #expect(try await index.current.search(.text("all")).total == 3_020)
    _ = try await index.verify()
  }

  @Test func errorsAreThoseOfTheOperation() async throws {
    let index = try LoquatIndex.inMemory()
    await #expect(throws: QueryParseError.self) { try await index.search("\"open") }
    let missing = await #expect(throws: (any Error).self) { try await index.addFiles(["/nowhere/at/all"]) }
    #expect(!(missing is CancellationError))
    struct Stop: Error {}
    await #expect(throws: Stop.self) { try await index.update { _ in throw Stop() } }
  }

  @Test func whatIsSharedBetweenTasksIsSendable() {
    func check<T: Sendable>(_: T.Type) {}
    check(LoquatIndex.self)
    check(IndexSnapshot.self)
    check(IndexReader.self)
    check(Searcher.self)
    check(SearchRequest.self)
    check(SearchResult.self)
    check(IndexingSummary.self)
    check(OperationControl.self)
    check(OperationProgress.self)
  }

  // MARK: Where they run

  /// More updates than there are threads for tasks wait for one another.
  @Test func operationsThatWaitHoldUpNoTask() async throws {
    let count = 24
    let arrived = Arrivals()
    // Other tests hold the few threads of all tasks, so that some of these begin late.
    let last = ContinuousClock.now.advanced(by: .seconds(900))
    let all = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<count {
        group.addTask {
          let index = try LoquatIndex.inMemory()
          let met = Flag()
          try await index.update { _ in
            arrived.add()
            while arrived.count != count, .now < last { usleep(1_000) }
            met.set(arrived.count == count)
          }
          return met.value
        }
      }
      return try await group.reduce(into: [Bool]()) { $0.append($1) }
    }
    #expect(all == [Bool](repeating: true, count: count))
  }

  @Test func manySearchesAtATimeAreAllAnswered() async throws {
    let folder = try TemporaryFolder()
    let index = try index(folder, documents: 1_000)
    let expected = index.current.documentCount
    let totals = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<500 { group.addTask { try await index.search("all").total } }
      return try await group.reduce(into: [Int]()) { $0.append($1) }
    }
    #expect(totals == [Int](repeating: expected, count: 500))
  }

  @Test func workThatWaitsItsTurnIsDroppedWhenItsTaskIsCancelled() async throws {
    let threads = BlockingThreads(maximum: 1)
    let isHeld = Flag(true)
    let begun = AsyncStream<Void>.makeStream()
    let first = Task {
      try await threads.run(cancel: {}) {
        begun.continuation.yield()
        while isHeld.value { usleep(1_000) }
        return 1
      }
    }
    for await _ in begun.stream { break }
    let ran = Flag()
    let second = Task { try await threads.run(cancel: {}) { ran.set(true) } }
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    isHeld.set(false)
    #expect(try await first.value == 1)
    #expect(try await threads.run(cancel: {}) { 2 } == 2)
    #expect(!ran.value)
  }

  // MARK: How they end

  /// Cancels an operation's task at a moment of its progress, in which it is held until it is cancelled. How long it
  /// went on then.
  @discardableResult
  private func cancel(
    _ name: Comment, at isMoment: @escaping @Sendable (OperationProgress) -> Bool,
    _ operation: @escaping @Sendable (OperationControl) async throws -> Void
  ) async throws -> Duration {
    let reached = AsyncStream<Void>.makeStream()
    let isHeld = Flag(true)
    let control = OperationControl(progress: { progress in
      guard isMoment(progress) else { return }
      reached.continuation.yield()
      while isHeld.value { usleep(200) }
    })
    let task = Task {
      defer { reached.continuation.finish() }
      try await operation(control)
    }
    for await _ in reached.stream { break }
    task.cancel()
    let start = ContinuousClock.now
    isHeld.set(false)
    let result = await task.result
    let time = start.duration(to: .now)
    #expect(throws: CancellationError.self, name) { try result.get() }
    #expect(!control.isCancelled, "the caller's control is the caller's")
    // A tenth of a second where nothing else runs; other tests hold the few threads of all tasks, for seconds.
    #expect(time < .seconds(60), "\(name): \(time)")
    if testFlag("LOQUAT_TIMES") { print("cancelled \(name): \(time)") }
    return time
  }

  @Test func cancelledIndexingLeavesTheLastCommit() async throws {
    let folder = try TemporaryFolder()
    try folder.write(lines(20_000), to: "feed.jsonl")
    for number in 0..<2_000 { try folder.write("all of file \(number)", to: "files/\(number).txt") }
    let index = try index(folder, documents: 500)
    let generation = index.current.reader.generation
    let path = folder.path
    func expectTheLastCommit(_ comment: Comment) throws {
      let now = try LoquatIndex.open(path: path + "/index")
      #expect(now.current.reader.generation == generation, comment)
      #expect(try now.search("all").total == 500, comment)
      _ = try now.verify()
    }
    for part in [0, 2 << 20, 5 << 20] {
      try await cancel("JSON Lines from \(part)", at: { $0.phase == .indexing && $0.done >= part }) {
        try await index.addJSONLines([.file(path + "/feed.jsonl")], IndexingOptions($0))
      }
      try expectTheLastCommit("JSON Lines from \(part)")
    }
    try await cancel("commit", at: { $0.phase == .committing && $0.done > 0 }) {
      try await index.addJSONLines([.file(path + "/feed.jsonl")], IndexingOptions($0))
    }
    try expectTheLastCommit("commit")
    try await cancel("files", at: { $0.phase == .indexing && $0.done >= 100 }) {
      try await index.addFiles([path + "/files"], IndexingOptions($0))
    }
    try expectTheLastCommit("files")
    try await cancel("rebuild", at: { $0.phase == .indexing && $0.done >= 256 }) {
      try await index.rebuild(nil, IndexingOptions($0))
    }
    try expectTheLastCommit("rebuild")
    let begun = Flag()
    let update = Task {
      try await index.update { writer in
        begun.set(true)
        for number in 0... { try writer.add(Document(id: "u\(number)", text: "all")) }
      }
    }
    while !begun.value { try await Task.sleep(for: .milliseconds(1)) }
    update.cancel()
    await #expect(throws: CancellationError.self) { try await update.value }
    try expectTheLastCommit("update")
    // The next writer cleans up and goes on.
    #expect(try await index.addJSONLines([.file(path + "/feed.jsonl")]).added == 20_000)
    #expect(try await index.search("all").total == 20_500)
    _ = try await index.verify()
  }

  @Test func cancelledMergingAndCheckingLeaveTheIndexAsItWas() async throws {
    let folder = try TemporaryFolder()
    let index = try index(folder, documents: 12_000, segments: 4)
    let generation = index.current.reader.generation
    func expectTheSame(_ comment: Comment) throws {
      let now = try LoquatIndex.open(path: folder.path + "/index")
      #expect(now.current.reader.generation == generation, comment)
      #expect(now.current.reader.segmentCount == 4, comment)
      #expect(try now.search("all").total == 12_000, comment)
      _ = try now.verify()
    }
    try await cancel("optimize", at: { $0.done > $0.total! / 3 }) { try await index.optimize(control: $0) }
    try expectTheSame("optimize")
    for phase in [OperationProgress.Phase.reading, .ordering, .writing] {
      try await cancel("reorder", at: { $0.phase == phase && $0.done >= (phase == .reading ? 0 : 100) }) {
        try await index.reorder(control: $0)
      }
      try expectTheSame("reorder while \(phase)")
    }
    try await cancel("verify", at: { $0.done > $0.total! / 3 }) { _ = try await index.verify(control: $0) }
    try await index.optimize()
    #expect(index.current.reader.segmentCount == 1)
    #expect(try await index.search("all").total == 12_000)
  }

  @Test func aCancelledTaskEndsItsSearchAndNoOther() async throws {
    let folder = try TemporaryFolder()
    let index = try index(folder, documents: 4_000)
    var request = SearchRequest(limit: 1_000)
    let shared = SearchControl()
    request.control = shared
    let query = (0..<200).map { "w\($0 * 20)" }.joined(separator: " ")
    let searches = Task { [request] in
      // Again and again, so that there is always something to cancel.
      while true { _ = try await index.search(query, request) }
    }
    try await Task.sleep(for: .milliseconds(50))
    searches.cancel()
    let start = ContinuousClock.now
    await #expect(throws: CancellationError.self) { try await searches.value }
    // Other tests hold the few threads of all tasks, for seconds.
    #expect(start.duration(to: .now) < .seconds(60))
    #expect(try await index.search("all", request).total == 4_000)
    shared.cancel()
    let error = await #expect(throws: IndexError.self) { try await index.search("all", request) }
    #expect(error?.code == .cancelled)
    let before = Task { [request] in
      withUnsafeCurrentTask { $0?.cancel() }
      return try await index.search("all", request)
    }
    await #expect(throws: CancellationError.self) { try await before.value }
  }

  @Test func aControlEndsAnOperationThatIsNotAwaitedToo() throws {
    let folder = try TemporaryFolder()
    let index = try index(folder, documents: 2_000, segments: 2)
    let control = OperationControl()
    control.cancel()
    var options = IndexingOptions()
    options.control = control
    for operation in [
      { try index.update(options) { try $0.add(Document(id: "x", text: "x")) } },
      { try index.addFiles([folder.path], options) }, { try index.rebuild(nil, options) },
    ] {
      let error = #expect(throws: IndexError.self) { _ = try operation() }
      #expect(error?.code == .cancelled)
    }
    for operation in [
      { try index.optimize(control: control) }, { try index.reorder(control: control) },
      { _ = try index.verify(control: control) },
    ] {
      let error = #expect(throws: IndexError.self) { try operation() }
      #expect(error?.code == .cancelled)
    }
    #expect(index.current.documentCount == 2_000)
  }
}
