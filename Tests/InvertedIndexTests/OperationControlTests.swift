// What a writer is worth after its control ended something.

import InvertedIndex
import Storage
import Synchronization
import TestSupport
import Testing

@Suite struct OperationControlTests {
  private func writer(_ directory: any Directory, _ control: OperationControl) throws -> IndexWriter {
    var configuration = SmallIndex.configuration
    configuration.control = control
    return try IndexWriter(directory: directory, schema: SmallIndex.schema, configuration: configuration)
  }

  private func add(_ segment: Int, with writer: IndexWriter) throws {
    let target = writer.makeDocumentWriter()
    for (number, document) in SmallIndex.documents(segment).enumerated() {
      try document.add(to: target, sequence: UInt64(number + 1))
    }
    try target.finish()
  }

  @Test func aCancelledCommitCanBeTriedAgain() throws {
    let directory = MemoryDirectory()
    let goesOn = Mutex(true)
    let writer = try writer(directory, OperationControl(shouldContinue: { goesOn.withLock { $0 } }))
    defer { writer.close() }
    try SmallIndex.commit(0, with: writer)
    let before = try SmallIndex.answers(directory)
    try add(1, with: writer)
    writer.delete(id: Array("s0d7".utf8), sequence: 9)
    goesOn.withLock { $0 = false }
    let error = #expect(throws: IndexError.self) { try writer.commit() }
    #expect(error?.code == .cancelled)
    #expect(try SmallIndex.answers(directory) == before)
    goesOn.withLock { $0 = true }
    let summary = try writer.commit()
    #expect(summary.added == 140 && summary.removed == 1)
    #expect(try IndexReader.open(directory).documentCount == 300 + 140 - 1)
    _ = try IndexChecker(try IndexReader.open(directory)).check()
  }

  /// Its documents are lost: a commit without them would not be what was asked for.
  @Test func aWriterWhoseDocumentsWereLostAcceptsNothingMore() throws {
    let directory = MemoryDirectory()
    let goesOn = Mutex(true)
    var writer = try writer(directory, OperationControl(shouldContinue: { goesOn.withLock { $0 } }))
    try SmallIndex.commit(0, with: writer)
    let files = try directory.list().sorted()
    let target = writer.makeDocumentWriter()
    for (number, document) in SmallIndex.documents(1).enumerated() {
      try document.add(to: target, sequence: UInt64(number + 1))
    }
    goesOn.withLock { $0 = false }
    let error = #expect(throws: IndexError.self) { try target.finish() }
    #expect(error?.code == .cancelled)
    #expect(try directory.list().sorted() == files)
    goesOn.withLock { $0 = true }
    let later = #expect(throws: IndexError.self) { try writer.commit() }
    #expect(later?.code == .writerPoisoned)
    writer.close()
    writer = try self.writer(directory, OperationControl())
    defer { writer.close() }
    try SmallIndex.commit(1, with: writer)
    #expect(try IndexReader.open(directory).documentCount == 300 + 140 - 5)
  }

  /// The commit is durable by then: it would be wrong to call it cancelled.
  @Test func aCommitThatStandsIsNoErrorWhenItsMergesAreCancelled() throws {
    let directory = MemoryDirectory()
    let goesOn = Mutex(true)
    let control = OperationControl(
      progress: { if $0.phase == .merging { goesOn.withLock { $0 = false } } },
      shouldContinue: { goesOn.withLock { $0 } })
    var configuration = IndexWriterConfiguration()
    configuration.control = control
    configuration.mergePolicy.segmentsPerTier = 2
    let writer = try IndexWriter(directory: directory, schema: SmallIndex.schema, configuration: configuration)
    defer { writer.close() }
    try add(0, with: writer)
    try writer.commit()
    try add(1, with: writer)
    #expect(try writer.commit().added == 140)
    let reader = try IndexReader.open(directory)
    #expect(reader.documentCount == 440 && reader.segmentCount == 2)
    _ = try IndexChecker(reader).check()
    goesOn.withLock { $0 = true }
    try writer.merge(maximumSegments: 2)
    #expect(writer.reader().segmentCount == 2)
  }

  @Test func waitingForTheLockEndsWhenCancelled() throws {
    let directory = MemoryDirectory()
    let holder = try writer(directory, OperationControl())
    defer { holder.close() }
    let asked = Atomic(0)
    var configuration = SmallIndex.configuration
    configuration.lockTimeoutInMilliseconds = 60_000
    configuration.control = OperationControl(shouldContinue: { asked.add(1, ordering: .relaxed).newValue < 3 })
    let start = ContinuousClock.now
    let error = #expect(throws: IndexError.self) {
      try IndexWriter(directory: directory, schema: SmallIndex.schema, configuration: configuration)
    }
    #expect(error?.code == .cancelled)
    #expect(start.duration(to: .now) < .seconds(20))
  }

  @Test func aControlWithinAnotherIsCancelledWithIt() {
    let told = Mutex<[OperationProgress]>([])
    let outer = OperationControl(progress: { state in told.withLock { $0.append(state) } })
    let inner = OperationControl(within: outer)
    let other = OperationControl(within: outer)
    inner.cancel()
    #expect(inner.isCancelled && !outer.isCancelled && !other.isCancelled)
    outer.cancel()
    #expect(other.isCancelled)
    #expect(throws: IndexError.self) { try other.check() }
    #expect(told.withLock { $0 }.isEmpty)
  }
}
