// A directory that fails as disks do.

internal import Glibc
public import Storage
internal import Synchronization

/// Wraps a directory, logs every operation, makes chosen ones fail, and can tell what a power cut after any of them
/// would leave.
///
/// Operations are counted from 0 in the order in which they happen, from all threads: every call of ``Directory`` and
/// of its output files is one. Bytes and names pass through to the wrapped directory; a ``DiskModel`` follows, in
/// which a sync moves only that file's bytes, and a sync of the directory only names.
///
/// Unlike the contract of ``OutputFile`` says, a file whose sync failed accepts more, as the operating system does, and
/// reports success: a writer that tries again is caught by what is missing after the next crash.
public final class FaultInjectingDirectory: Directory {
  private struct State {
    var model: DiskModel
    var log: [DirectoryOperation] = []
    var plan = FaultPlan()
    var hasCrashed = false
    var nextFile: Int
    var writing: [Int: String] = [:]
    var reading: [Int: Int] = [:]
    var locks: Set<String> = []
    var refusesRemovingOpenFiles = false
    var violations: [String] = []
  }

  private let base: any Directory
  private let initial: DiskModel
  private let state: Mutex<State>

  /// Where the wrapped directory is.
  public var location: String { base.location }

  /// Wraps a directory; what is in it counts as durable.
  public init(wrapping base: any Directory = MemoryDirectory()) throws(IndexError) {
    self.base = base
    initial = try DiskModel(contentsOf: base)
    state = Mutex(State(model: initial, nextFile: initial.files.count))
  }

  // MARK: The plan

  /// Makes operation `index` fail with `errno`; with `sticky`, every later one too.
  public func fail(at index: Int, errno: Int32, sticky: Bool = false) {
    state.withLock { state in
      if sticky { state.plan.sticky = (index, errno) } else { state.plan.once[index] = .error(errno) }
    }
  }

  /// Makes operation `index`, if it is a write, stop after `length` bytes with an error; any other just fails.
  public func shortWrite(at index: Int, length: Int, errno: Int32) {
    state.withLock { $0.plan.once[index] = .shortWrite(length: length, errno: errno) }
  }

  /// Limits the bytes of all files together, as a full disk does; nil: no limit.
  public func setBudget(bytes: Int?) { state.withLock { $0.plan.budget = bytes } }

  /// Makes operation `index` and every later one come to nothing.
  public func crash(at index: Int) { state.withLock { $0.plan.crash = index } }

  /// Forgets all faults and limits, but not a crash that has happened.
  public func liftFaults() { state.withLock { $0.plan = FaultPlan() } }

  /// Whether removing or replacing a file that is open for reading is refused, as some systems do. Off at first.
  public var refusesRemovingOpenFiles: Bool {
    get { state.withLock { $0.refusesRemovingOpenFiles } }
    set { state.withLock { $0.refusesRemovingOpenFiles = newValue } }
  }

  // MARK: What happened

  /// The log.
  public var operations: [DirectoryOperation] { state.withLock { $0.log } }

  /// How many operations there were.
  public var operationCount: Int { state.withLock { $0.log.count } }

  /// Whether the operation planned for a crash was reached.
  public var hasCrashed: Bool { state.withLock { $0.hasCrashed } }

  /// Calls that broke the contract: writing to a closed file, removing an open one where that is refused.
  public var violations: [String] { state.withLock { $0.violations } }

  /// What is still open: files being written, files being read, locks.
  public var leaks: [String] {
    state.withLock { state in
      state.writing.values.map { "\($0) is being written" }.sorted()
        + state.reading.keys.sorted().map { "file \($0) is open for reading" }
        + state.locks.sorted().map { "\($0) is locked" }
    }
  }

  /// What is left after a power cut: now, or before operation `index`.
  public func reopenAfterCrash(_ variant: CrashVariant, seed: UInt64, before index: Int? = nil) -> MemoryDirectory {
    model(before: index).afterCrash(variant, seed: seed)
  }

  /// The variants that differ for a power cut now, or before operation `index`.
  public func crashVariants(before index: Int? = nil) -> [CrashVariant] {
    CrashVariant.all(unsyncedNameChanges: model(before: index).unsyncedNameChanges)
  }

  private func model(before index: Int?) -> DiskModel {
    guard let index else { return state.withLock { $0.model } }
    var model = initial
    for operation in operations.prefix(index) { model.apply(operation) }
    return model
  }

  /// Calls `body` with the state before each operation of the log and with that after the last. O(log).
  public func forEachCrashPoint(_ body: (_ index: Int, _ model: DiskModel) throws -> Void) rethrows {
    var model = initial
    for operation in operations {
      try body(operation.index, model)
      model.apply(operation)
    }
    try body(operationCount, model)
  }

  // MARK: Operations

  /// Lets an operation happen, or not, and logs it.
  private func perform<Result>(
    _ kind: DirectoryOperation.Kind, _ file: String = "", to newName: String? = nil, number: Int? = nil,
    _ action: (_ state: inout State, _ number: Int) throws(IndexError) -> Result
  ) throws(IndexError) -> Result {
    try state.withLock { (state) throws(IndexError) in
      let fault = try Self.start(&state)
      let number = number ?? state.model.names[file] ?? -1
      if let fault {
        let errno =
          switch fault {
          case .error(let errno), .shortWrite(_, let errno): errno
          }
        Self.log(&state, kind, file, to: newName, number: number, injectedError: errno)
        throw .system(errno, "\(kind)", file: file.isEmpty ? nil : file)
      }
      let result = try action(&state, number)
      Self.log(&state, kind, file, to: newName, number: number)
      return result
    }
  }

  private static func start(_ state: inout State) throws(IndexError) -> FaultPlan.Fault? {
    if let crash = state.plan.crash, state.log.count >= crash { state.hasCrashed = true }
    if state.hasCrashed { throw IndexError(.io, "the machine has stopped") }
    return state.plan.fault(at: state.log.count)
  }

  private static func log(
    _ state: inout State, _ kind: DirectoryOperation.Kind, _ file: String, to newName: String? = nil, number: Int,
    offset: Int = 0, bytes: [UInt8] = [], injectedError: Int32? = nil
  ) {
    let operation = DirectoryOperation(
      index: state.log.count, kind: kind, file: file, newName: newName, fileNumber: number, offset: offset,
      bytes: bytes, injectedError: injectedError)
    state.log.append(operation)
    state.model.apply(operation)
  }

  private func violation(_ message: String, _ file: String) -> IndexError {
    state.withLock { $0.violations.append("\(file): \(message)") }
    return IndexError(.invalidArgument, message, file: file)
  }

  /// See ``Directory/list()``.
  public func list() throws(IndexError) -> [String] {
    try perform(.list) { (_, _) throws(IndexError) in try base.list() }
  }

  /// See ``Directory/size(_:)``.
  public func size(_ name: String) throws(IndexError) -> Int {
    try perform(.size, name) { (_, _) throws(IndexError) in try base.size(name) }
  }

  /// See ``Directory/create(_:)``.
  public func create(_ name: String) throws(IndexError) -> any OutputFile {
    let number = state.withLock { state in
      defer { state.nextFile += 1 }
      return state.nextFile
    }
    return try perform(.create, name, number: number) { (state, number) throws(IndexError) in
      let file = try base.create(name)
      state.writing[number] = name
      return FaultInjectingOutputFile(name: name, number: number, file: file, directory: self)
    }
  }

  /// See ``Directory/open(_:)``. Bytes whose sync failed read as zeros.
  public func open(_ name: String) throws(IndexError) -> FileBytes {
    try perform(.open, name) { (state, number) throws(IndexError) in
      var bytes = try base.open(name)
      if let file = state.model.files[number], !file.lost.isEmpty {
        var contents = file.bytes
        for range in file.lost { for offset in range { contents[offset] = 0 } }
        bytes = FileBytes(name: name, copying: contents)
      }
      state.reading[number, default: 0] += 1
      let kept = bytes
      return unsafe FileBytes(name: name, base: kept.base, count: kept.count) { [weak self] in
        withExtendedLifetime(kept) {}
        self?.endReading(number)
      }
    }
  }

  private func endReading(_ number: Int) {
    state.withLock { state in
      let left = (state.reading[number] ?? 1) - 1
      state.reading[number] = left == 0 ? nil : left
    }
  }

  /// See ``Directory/rename(_:to:)``.
  public func rename(_ from: String, to: String) throws(IndexError) {
    try refuseIfOpen(to)
    try perform(.rename, from, to: to) { (_, _) throws(IndexError) in try base.rename(from, to: to) }
  }

  /// See ``Directory/remove(_:)``.
  public func remove(_ name: String) throws(IndexError) {
    try refuseIfOpen(name)
    try perform(.remove, name) { (_, _) throws(IndexError) in try base.remove(name) }
  }

  private func refuseIfOpen(_ name: String) throws(IndexError) {
    let isRefused = state.withLock { state in
      guard state.refusesRemovingOpenFiles, let number = state.model.names[name] else { return false }
      return state.reading[number] != nil
    }
    if isRefused { throw violation("a file that is open was removed or replaced", name) }
  }

  /// See ``Directory/sync()``.
  public func sync() throws(IndexError) {
    try perform(.syncDirectory) { (_, _) throws(IndexError) in try base.sync() }
  }

  /// See ``Directory/lock(_:timeoutInMilliseconds:)``.
  public func lock(_ name: String, timeoutInMilliseconds: Int) throws(IndexError) -> any DirectoryLock {
    // Logged first: waiting must not hold up the operations of the lock's holder.
    try perform(.lock, name) { (_, _) throws(IndexError) in }
    let held = try base.lock(name, timeoutInMilliseconds: timeoutInMilliseconds)
    state.withLock { _ = $0.locks.insert(name) }
    return MemoryLock { [weak self] in
      held.release()
      self?.state.withLock { _ = $0.locks.remove(name) }
    }
  }

  // MARK: Output files

  func write(_ bytes: UnsafeRawBufferPointer, to file: FaultInjectingOutputFile) throws(IndexError) {
    if file.isClosed { throw violation("bytes were written to a closed file", file.name) }
    try state.withLock { (state) throws(IndexError) in
      var length = bytes.count
      var errno: Int32?
      switch try Self.start(&state) {
      case .error(let injected): (length, errno) = (0, injected)
      case .shortWrite(let short, let injected): (length, errno) = (min(max(0, short), bytes.count), injected)
      case nil: break
      }
      if let budget = state.plan.budget, state.model.byteCount + length > budget {
        length = max(0, budget - state.model.byteCount)
        errno = errno ?? ENOSPC
      }
      let written = unsafe UnsafeRawBufferPointer(rebasing: bytes[0..<length])
      try unsafe file.file.write(written)
      Self.log(
        &state, .write, file.name, number: file.number, offset: state.model.files[file.number]?.bytes.count ?? 0,
        bytes: unsafe Array(written), injectedError: errno)
      if let errno { throw .system(errno, "write the file", file: file.name) }
    }
  }

  func sync(_ file: FaultInjectingOutputFile) throws(IndexError) {
    if file.isClosed { throw violation("a closed file was synced", file.name) }
    try perform(.sync, file.name, number: file.number) { (_, _) throws(IndexError) in try file.file.sync() }
  }

  /// Closes a file; what fails is closed too.
  func close(_ file: FaultInjectingOutputFile) throws(IndexError) {
    if file.isClosed { throw violation("a closed file was closed", file.name) }
    file.isClosed = true
    state.withLock { $0.writing[file.number] = nil }
    try perform(.close, file.name, number: file.number) { (_, _) throws(IndexError) in try file.file.close() }
  }
}
