// The one writer of an index.

public import Storage
internal import Synchronization

/// Adds, replaces and deletes documents, and makes commits of them. One writer at a time holds an index, in
/// this process or any other; the lock goes with the process that holds it.
///
/// Nothing is visible to readers before ``commit()``, which makes everything since the last one durable, or
/// nothing of it. After a failure to write, the writer accepts nothing more (`writerPoisoned`) and the index is
/// what it was at the last commit.
public final class IndexWriter: Sendable {
  private struct NewSegment {
    let reader: SegmentReader
    let operations: OperationNumbers
  }

  private struct State {
    var commit: CommitPoint
    var committed: [SegmentReader]
    var schema: Schema
    var userData: [String: String]
    var nextSegment: Int
    /// Whether the next commit drops what was committed before.
    var rebuilds: Bool
    var new: [NewSegment] = []
    var deletions: [[UInt8]: UInt64] = [:]
    /// Queries whose documents are deleted, with the highest sequence number that each was given.
    var queryDeletions: [Query: UInt64] = [:]
    var openBuilders = 0
    var failure: IndexError?
    var isClosed = false

    /// Whether there is anything that a commit would make durable.
    var hasChanges: Bool {
      !new.isEmpty || rebuilds || !deletions.isEmpty || !queryDeletions.isEmpty || schema != commit.schema
        || userData != commit.userData
    }
  }

  /// Where the index lies.
  public let directory: any Directory
  /// The settings it was opened with.
  public let configuration: IndexWriterConfiguration
  private let lock: any DirectoryLock
  /// What all document writers have in memory, in bytes.
  private let memory = Atomic<Int>(0)
  private let state: Mutex<State>

  /// The name of the lock in the index directory.
  public static let lockName = "write.lock"

  /// Opens an index for writing; `schema` gives the fields of a new one.
  ///
  /// - Throws: `locked` while another writer holds the index; `corrupt`, `formatTooNew` or `formatTooOld` when it
  ///   cannot be read; `analyzerMismatch` when its segments were made with another analyzer.
  public init(directory: any Directory, schema: Schema, configuration: IndexWriterConfiguration) throws(IndexError) {
    self.directory = directory
    self.configuration = configuration
    lock = try Self.acquireLock(directory, configuration)
    let newest = try CommitLog.newest(in: directory)
    let commit = newest ?? .empty
    let segments = try commit.segments.map { (entry) throws(IndexError) in
      try SegmentReader(directory: directory, entry: entry)
    }
    let terms = Self.termPart(configuration.analyzerFingerprint)
    if !configuration.rebuilds, let other = segments.first(where: { Self.termPart($0.info.fingerprint) != terms }) {
      throw IndexError(
        .analyzerMismatch,
        "the index was made with the analyzer \"\(other.info.fingerprint)\", not with \"\(configuration.analyzerFingerprint)\"",
        file: other.info.fileName(.info))
    }
    state = Mutex(
      State(
        commit: commit, committed: segments, schema: newest == nil ? schema : commit.schema, userData: commit.userData,
        nextSegment: commit.nextSegment, rebuilds: configuration.rebuilds))
    CommitLog.removeUnreferenced(commit, in: directory)
  }

  deinit { lock.release() }

  /// Waits for the lock, looking at the control in between.
  private static func acquireLock(_ directory: any Directory, _ configuration: IndexWriterConfiguration)
    throws(IndexError) -> any DirectoryLock
  {
    let millisecondsBetweenLooks = 50
    var left = configuration.lockTimeoutInMilliseconds
    while true {
      do throws(IndexError) {
        return try directory.lock(lockName, timeoutInMilliseconds: min(left, millisecondsBetweenLooks))
      } catch {
        left -= millisecondsBetweenLooks
        guard error.code == .locked, left > 0 else { throw error }
        try configuration.control.check()
      }
    }
  }

  /// The part of a fingerprint that decides the terms.
  private static func termPart(_ fingerprint: String) -> Substring { fingerprint.prefix { $0 != "|" } }

  /// The fields of the index, with those added since the last commit.
  public var schema: Schema { state.withLock { $0.schema } }

  /// The users' data of the next commit.
  public var userData: [String: String] { state.withLock { $0.userData } }

  /// Sets users' data, which the next commit keeps.
  public func setUserData(_ value: String, forKey key: String) { state.withLock { $0.userData[key] = value } }

  /// The number of the field with this name, added when it is not there.
  ///
  /// - Throws: as ``fields(_:)``.
  public func field(_ field: FieldSchema) throws(IndexError) -> FieldNumber { try fields([field])[0] }

  /// The numbers of the fields with these names. Those that are not there are added, all of them or, when one cannot
  /// be, none: a document that is refused must not use up what others need.
  ///
  /// - Throws: `invalidArgument` when a field is there with another type; `limitExceeded` when there would be more than
  ///   ``IndexLimits/fields`` of them or a name is longer than ``IndexLimits/fieldNameLength``.
  public func fields(_ fields: [FieldSchema]) throws(IndexError) -> [FieldNumber] {
    try state.withLock { (state) throws(IndexError) in
      var new: [String: FieldSchema.ValueType] = [:]
      for field in fields {
        let known = state.schema.number(of: field.name).flatMap { state.schema.field($0)?.type } ?? new[field.name]
        guard known == nil || known == field.type else {
          throw IndexError(
            .invalidArgument,
            "the field \"\(field.name)\" holds values of type \(known ?? field.type), not \(field.type)")
        }
        if known != nil { continue }
        guard field.name.utf8.count <= IndexLimits.fieldNameLength else {
          throw IndexError(
            .limitExceeded,
            "the name of a field has \(field.name.utf8.count) bytes, more than \(IndexLimits.fieldNameLength)")
        }
        new[field.name] = field.type
      }
      // The field of ids is not counted.
      let count = state.schema.fields.count - 1 + new.count
      guard count <= IndexLimits.fields else {
        throw IndexError(.limitExceeded, "an index has at most \(IndexLimits.fields) fields, and these make \(count)")
      }
      return fields.map { state.schema.number(of: $0.name) ?? state.schema.add($0) ?? Schema.idField }
    }
  }

  /// Makes a document writer for one thread.
  public func makeDocumentWriter() -> DocumentWriter {
    DocumentWriter(
      writer: self, budget: configuration.memoryBudgetInBytes / max(1, configuration.documentWriters), schema: schema)
  }

  /// Deletes the documents with an id, but for those added with a higher sequence number. Takes effect with the
  /// next commit.
  public func delete(id: [UInt8], sequence: UInt64) {
    state.withLock { $0.deletions[id] = max($0.deletions[id] ?? 0, sequence) }
  }

  /// Deletes every document that matches a query, but for those added with a higher sequence number: documents of
  /// earlier commits and those of the next. Of documents with one id only the last is looked at, for it has replaced
  /// the others. Takes effect with the next commit, which evaluates the query: it costs as much as counting its matches.
  ///
  /// - Throws: `invalidArgument` for a query that cannot be asked of this index, `limitExceeded` for one beyond
  ///   ``SearchLimits``, which then delete nothing; what
  ///   ``commit()`` throws for a writer that is closed or has failed.
  public func delete(where query: Query, sequence: UInt64) throws(IndexError) {
    let query = query.withoutOptionalParts
    let reader = try state.withLock { (state) throws(IndexError) in
      try Self.checkUsable(state)
      return snapshot(of: state.committed, state)
    }
    // What is wrong with a query is told to whoever gives it, before it can make a commit fail.
    _ = try Searcher(reader).plan(query)
    state.withLock { $0.queryDeletions[query] = max($0.queryDeletions[query] ?? 0, sequence) }
  }

  /// Segments as queries see them, with the fields that the next commit will have.
  private func snapshot(of segments: [SegmentReader], _ state: State) -> IndexReader {
    var commit = state.commit
    commit.schema = state.schema
    return IndexReader(directory: directory, commit: commit, segments: segments)
  }

  /// A snapshot of the last commit.
  public func reader() -> IndexReader {
    state.withLock { IndexReader(directory: directory, commit: $0.commit, segments: $0.committed) }
  }

  /// Notes memory of a document writer; false when all of them are beyond the budget by more than a document that is
  /// being added may take them.
  func account(_ change: Int) -> Bool {
    let now = memory.add(change, ordering: .relaxed).newValue
    return change <= 0 || now <= configuration.memoryBudgetInBytes + IndexWriterConfiguration.memoryReserveInBytes
  }

  // MARK: Segments

  func makeBuilder() throws(IndexError) -> SegmentBuilder {
    let (name, schema) = try state.withLock { (state) throws(IndexError) in
      try Self.checkUsable(state)
      state.openBuilders += 1
      return (Self.takeName(&state), state.schema)
    }
    do {
      return try SegmentBuilder(
        directory: directory, name: name, schema: schema, fingerprint: configuration.analyzerFingerprint)
    } catch {
      state.withLock { $0.openBuilders -= 1 }
      throw poison(error)
    }
  }

  func flush(_ builder: SegmentBuilder) throws(IndexError) {
    defer { state.withLock { $0.openBuilders -= 1 } }
    guard builder.documentCount > 0 else { return builder.abandon() }
    do {
      let info = try builder.flush(configuration.control)
      let reader = try open(info)
      let operations = builder.operations
      state.withLock { $0.new.append(NewSegment(reader: reader, operations: operations)) }
      while try mergeNew() {}
    } catch {
      throw poison(error)
    }
  }

  /// Merges segments of the next commit where the policy says so, on the thread that has just made one, while the other
  /// document writers go on. False when there was nothing to merge.
  private func mergeNew() throws(IndexError) -> Bool {
    let (chosen, name, schema) = state.withLock { state in
      let counts = state.new.map(\.reader.documentCount)
      let places = configuration.mergePolicy.nextMerge(liveCounts: counts, documentCounts: counts)
      let chosen = places.map { state.new[$0] }
      for place in places.reversed() { state.new.remove(at: place) }
      return (chosen, chosen.isEmpty ? "" : Self.takeName(&state), state.schema)
    }
    guard chosen.count > 1 else { return false }
    let merger = try SegmentMerger(
      chosen.map(\.reader), schema: schema, fingerprint: configuration.analyzerFingerprint)
    // Progress is that of the documents which come in meanwhile.
    guard let info = try merger.merge(into: directory, name: name, configuration.control.silent) else { return false }
    var operations = OperationNumbers()
    for segment in chosen { operations.append(contentsOf: segment.operations) }
    let merged = NewSegment(reader: try open(info), operations: operations)
    state.withLock { $0.new.append(merged) }
    for old in chosen.map(\.reader.info) {
      // What cannot be removed now is removed after the next commit.
      for file in old.files { try? directory.remove(old.fileName(file.kind)) }
      try? directory.remove(old.fileName(.info))
    }
    return true
  }

  private func open(_ info: SegmentInfo) throws(IndexError) -> SegmentReader {
    try SegmentReader(
      directory: directory,
      entry: CommitPoint.Segment(
        name: info.name, token: info.token, documentCount: info.documentCount, deletedCount: 0, liveGeneration: 0))
  }

  private static func takeName(_ state: inout State) -> String {
    state.nextSegment += 1
    return CommitPoint.segmentName(state.nextSegment - 1)
  }

  private static func checkUsable(_ state: State) throws(IndexError) {
    if let failure = state.failure {
      throw IndexError(.writerPoisoned, "the writer failed before (\(failure)) and accepts nothing more")
    }
    if state.isClosed { throw IndexError(.invalidArgument, "the writer is closed") }
  }

  /// Marks the writer as failed and returns the error.
  private func poison(_ error: IndexError) -> IndexError {
    state.withLock { if $0.failure == nil { $0.failure = error } }
    return error
  }

  // MARK: Commits

  /// Whether there is anything that a commit would make durable.
  public var hasChanges: Bool {
    state.withLock { $0.hasChanges }
  }

  /// Makes everything since the last commit durable and visible, and merges segments as the policy says.
  /// Returns what was changed.
  ///
  /// - Throws: `invalidArgument` while a document writer has documents that were not handed over; errors of the
  ///   file system, after which the writer is of no more use and the index is as it was; `cancelled` when the control
  ///   says so before the commit is durable, which can be tried again.
  @discardableResult
  public func commit() throws(IndexError) -> CommitSummary {
    try state.withLock { (state) throws(IndexError) in
      try Self.checkUsable(state)
      guard state.openBuilders == 0 else {
        throw IndexError(.invalidArgument, "a document writer has not been finished")
      }
      guard state.hasChanges || state.commit.generation == 0 else {
        return CommitSummary(generation: state.commit.generation)
      }
      let control = configuration.control
      do throws(IndexError) {
        var resolver = DuplicateResolver(
          old: state.rebuilds ? [] : state.committed, new: state.new.map { ($0.reader, $0.operations) },
          deletions: state.deletions, control: control)
        try resolver.resolve()
        if !state.queryDeletions.isEmpty {
          try resolver.delete(matching: state.queryDeletions, in: snapshot(of: resolver.readers, state))
        }
        var summary = resolver.summary
        let segments = resolver.liveSegments()
        try control.check()
        try publish(segments, state: &state)
        control.finish()
        state.rebuilds = false
        state.new = []
        state.deletions = [:]
        state.queryDeletions = [:]
        try mergeByPolicy(&state)
        summary.generation = state.commit.generation
        return summary
      } catch {
        if error.code != .cancelled, state.failure == nil { state.failure = error }
        throw error
      }
    }
  }

  /// Writes a commit of these segments and makes it the current one.
  private func publish(_ segments: [SegmentReader], state: inout State) throws(IndexError) {
    var commit = state.commit
    commit.generation += 1
    commit.nextSegment = state.nextSegment
    commit.schema = state.schema
    commit.userData = state.userData
    let before = Dictionary(uniqueKeysWithValues: state.commit.segments.map { ($0.name, $0) })
    commit.segments = try segments.map { (segment) throws(IndexError) in
      var entry = CommitPoint.Segment(
        name: segment.info.name, token: segment.info.token, documentCount: segment.documentCount,
        deletedCount: segment.live?.deletedCount ?? 0, liveGeneration: 0)
      if let live = segment.live, live.deletedCount > 0 {
        if let old = before[entry.name], old.deletedCount == live.deletedCount {
          entry.liveGeneration = old.liveGeneration
        } else {
          entry.liveGeneration = commit.generation
          let name = "\(entry.name)_\(commit.generation).live"
          let file = try IndexFileWriter(
            directory: directory, name: name, kind: SegmentFile.live.kind, version: FormatVersion.current,
            segment: entry.token)
          _ = try live.write(to: file)
        }
      }
      return entry
    }
    try CommitLog.publish(commit, in: directory)
    state.commit = commit
    state.committed = segments
    CommitLog.removeUnreferenced(commit, in: directory)
  }

  // MARK: Merging

  private func mergeByPolicy(_ state: inout State) throws(IndexError) {
    while true {
      let places = configuration.mergePolicy.nextMerge(
        liveCounts: state.committed.map(\.liveCount), documentCounts: state.committed.map(\.documentCount))
      if places.isEmpty { return }
      do throws(IndexError) {
        try merge(places, state: &state)
      } catch {
        // The commit stands; what is not merged now is merged after the next.
        if error.code == .cancelled { return }
        throw error
      }
    }
  }

  private func merge(_ places: [Int], state: inout State) throws(IndexError) {
    let chosen = places.map { state.committed[$0] }
    let merger = try SegmentMerger(chosen, schema: state.schema, fingerprint: configuration.analyzerFingerprint)
    let info = try merger.merge(into: directory, name: Self.takeName(&state), configuration.control)
    try replace(places, by: info, state: &state)
  }

  /// Commits a segment in place of those that it was made of.
  private func replace(_ places: [Int], by info: SegmentInfo?, state: inout State) throws(IndexError) {
    var segments = state.committed
    for place in places.reversed() { segments.remove(at: place) }
    if let info { segments.insert(try open(info), at: min(places[0], segments.count)) }
    try publish(segments, state: &state)
  }

  /// Merges the committed segments until there are at most `count`, and commits that. Deleted documents of the
  /// merged segments are gone afterwards; when there is no more than one segment and it has deletions, it is
  /// rewritten.
  ///
  /// - Throws: `cancelled` when the control says so, with the index as it was.
  public func merge(maximumSegments count: Int) throws(IndexError) {
    precondition(count > 0)
    try state.withLock { (state) throws(IndexError) in
      try Self.checkUsable(state)
      if state.rebuilds { throw IndexError(.invalidArgument, "an index that is written anew has nothing to merge yet") }
      do throws(IndexError) {
        while true {
          let bySize = state.committed.indices.sorted { state.committed[$0].liveCount < state.committed[$1].liveCount }
          let surplus = state.committed.count - count
          var places = surplus > 0 ? Array(bySize.prefix(surplus + 1)) : []
          if places.isEmpty { places = bySize.filter { state.committed[$0].live != nil } }
          if places.isEmpty { return }
          try merge(places.sorted(), state: &state)
        }
      } catch {
        if error.code != .cancelled, state.failure == nil { state.failure = error }
        throw error
      }
    }
  }

  /// Merges the committed segments until there are at most `count`, as ``merge(maximumSegments:)``
  /// does, and writes every segment that is left with its documents in an order that puts similar ones together
  /// (recursive graph bisection), which makes the index smaller and searches faster. Documents keep their ids and lose
  /// their numbers. One commit for each segment.
  ///
  /// - Throws: `cancelled` when the control says so; segments done before stay done, documents are not touched.
  public func reorder(maximumSegments count: Int, options: ReorderingOptions = ReorderingOptions()) throws(IndexError) {
    precondition(count > 0)
    try state.withLock { (state) throws(IndexError) in
      try Self.checkUsable(state)
      do throws(IndexError) {
        // The smallest become one; then each of the others by itself.
        let bySize = state.committed.indices.sorted { state.committed[$0].liveCount < state.committed[$1].liveCount }
        let merged = Set(bySize.prefix(max(1, state.committed.count - count + 1)).map { state.committed[$0].info.name })
        let others = state.committed.map(\.info.name).filter { !merged.contains($0) }
        for names in [merged] + others.map({ [$0] }) {
          let places = state.committed.indices.filter { names.contains(state.committed[$0].info.name) }
          if places.isEmpty { continue }
          var merger = try ReorderingMerger(
            places.map { state.committed[$0] }, schema: state.schema, fingerprint: configuration.analyzerFingerprint,
            options: options, control: configuration.control)
          let info = try merger.merge(into: directory, name: Self.takeName(&state))
          try replace(places, by: info, state: &state)
        }
      } catch {
        if error.code != .cancelled, state.failure == nil { state.failure = error }
        throw error
      }
    }
  }

  /// Lets go of the index. Documents since the last commit are lost.
  public func close() {
    state.withLock { $0.isClosed = true }
    lock.release()
  }
}
