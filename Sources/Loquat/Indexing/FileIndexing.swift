// Indexing files and folders: only what changed since the last time.

import Extraction
@preconcurrency import Glibc
import InvertedIndex
import Storage

extension LoquatIndex {
  /// Brings the index up to date with files and folders, in one commit: new and changed files are read, and documents of
  /// files that are gone from the given folders are removed. A file counts as changed when its size or its time of
  /// modification did. `progress` is told of each file that was read, from any thread.
  ///
  /// - Throws: an error when a given path cannot be read or the index cannot be written, `cancelled` when the options'
  ///   control says so; nothing is changed then.
  @discardableResult
  public func addFiles(
    _ paths: [String], _ options: IndexingOptions = IndexingOptions(),
    progress: @escaping @Sendable (_ path: String) -> Void = { _ in }
  ) throws -> IndexingSummary {
    let indexFolder = (directory as? FileSystemDirectory)?.location
    let longest = options.longestDocumentInBytes
    let control = options.control
    return try run(options, capacity: { max(longest, 64 * $0 * ChangedFile.smallestWeight) }) {
      (writer, queue: WorkQueue<ChangedFile>) in
      var roots = try IndexedRoots(userData: writer.userData)
      let before = roots
      control.begin(.indexing, total: nil)
      var run = FileRun(
        writer: writer, known: try KnownFiles(writer.reader()), queue: queue, longestDocument: longest,
        control: control)
      for path in paths { try run.walk(path, &roots, indexFolder: indexFolder) }
      control.setTotal(run.filesToRead)
      if roots != before { try roots.write(to: writer) }
      return run.summary
    } makeWorker: { adder in
      { file, summary in
        try file.index(with: adder, longestDocument: longest, control, &summary)
        control.advance(by: 1)
        progress(file.entry.relativePath)
      }
    }
  }
}

/// What the index knows of files.
private struct KnownFiles {
  struct State {
    let root: Int
    let modified: Int64
    let size: Int64
    /// The numbers of the documents in the file; empty when the file is one.
    var parts: [Int]
    var wasSeen = false
  }

  var byID: [String: State] = [:]

  init(_ reader: IndexReader) throws {
    let columns = [StandardField.root, StandardField.modified, StandardField.size, StandardField.part].compactMap {
      reader.schema.number(of: $0)
    }
    guard columns.count == 4 else { return }
    try reader.forEachDocument(columns: columns) { id, values in
      guard let root = values[0], let modified = values[1], let size = values[2] else { return }
      var name = String(decoding: id, as: UTF8.self)
      if let part = values[3] {
        name = String(name.dropLast(String(part).count + 1))
        byID[name, default: State(root: Int(root), modified: modified, size: size, parts: [])].parts.append(Int(part))
      } else {
        byID[name] = State(root: Int(root), modified: modified, size: size, parts: [])
      }
    }
  }
}

/// Finds what changed and hands it on.
private struct FileRun {
  let writer: IndexWriter
  var known: KnownFiles
  let queue: WorkQueue<ChangedFile>
  var summary = IndexingSummary()
  let longestDocument: Int
  let control: OperationControl
  /// Files that were put into the queue.
  private(set) var filesToRead = 0
  private var fileNumber: UInt64 = 0

  init(
    writer: IndexWriter, known: KnownFiles, queue: WorkQueue<ChangedFile>, longestDocument: Int,
    control: OperationControl
  ) {
    self.writer = writer
    self.known = known
    self.queue = queue
    self.longestDocument = longestDocument
    self.control = control
  }

  mutating func walk(_ path: String, _ roots: inout IndexedRoots, indexFolder: String?) throws {
    guard let absolute = FilePaths.resolved(path) else {
      throw ExtractionError(.notFound, "no such file or folder", path: path)
    }
    let base = indexFolder.flatMap(FilePaths.resolved).flatMap(FilePaths.parent)
    let isFolder = FilePaths.isFolder(absolute)
    let scope = roots.scope(of: isFolder ? absolute : FilePaths.parent(absolute) ?? "/", base: base)
    var unread: [String] = []
    let walker = DirectoryWalker(roots: [absolute], excludedFolders: indexFolder.map { [$0] } ?? [])
    try walker.walk { event in
      try control.check()
      switch event {
      case .file(let entry): try visit(entry, scope)
      case .skipped(let skipped):
        summary.skip(scope.idPrefix + skipped.path, skipped.message)
        unread.append(scope.idPrefix + skipped.path)
      }
    }
    guard isFolder else { return }
    for (id, state) in known.byID where !state.wasSeen && state.root == scope.root && id.hasPrefix(scope.idPrefix) {
      // What could not be looked at is not known to be gone.
      if unread.contains(where: { id == $0 || id.hasPrefix($0 + "/") }) { continue }
      delete(id, state)
      known.byID[id] = nil
    }
  }

  private mutating func visit(_ entry: FileEntry, _ scope: IndexedRoots.Scope) throws {
    let id = scope.idPrefix + entry.relativePath
    fileNumber += 1
    if let state = known.byID[id] {
      known.byID[id]?.wasSeen = true
      if state.modified == entry.modificationTimeInNanoseconds, state.size == Int64(entry.size) {
        summary.unchanged += max(1, state.parts.count)
        return
      }
      // What the file holds now is added with higher numbers; what it no longer holds stays deleted.
      delete(id, state)
    }
    // A larger file is streamed or refused.
    let length = entry.size > longestDocument ? 1 << 20 : entry.size
    let file = ChangedFile(entry: entry, id: id, root: scope.root, number: fileNumber)
    filesToRead += 1
    _ = queue.put(file, weight: max(ChangedFile.smallestWeight, length))
  }

  private func delete(_ id: String, _ state: KnownFiles.State) {
    let sequence = fileNumber << 32
    if state.parts.isEmpty { writer.delete(id: Array(id.utf8), sequence: sequence) }
    for part in state.parts { writer.delete(id: Array("\(id)#\(part)".utf8), sequence: sequence) }
  }
}

/// A file to be read.
private struct ChangedFile: Sendable {
  let entry: FileEntry
  let id: String
  let root: Int
  /// The file's number in the run.
  let number: UInt64

  /// What a small file weighs in the queue, in bytes.
  static let smallestWeight = 16 << 10

  func index(
    with adder: DocumentAdder, longestDocument: Int, _ control: OperationControl, _ summary: inout IndexingSummary
  ) throws {
    do {
      var file = SourceFile(path: entry.relativePath, absolutePath: entry.absolutePath)
      file.longestDocumentInBytes = longestDocument
      let found = try ExtractorRegistry.standard.extract(file) { document in
        try control.check()
        try add(document, to: adder, &summary)
      }
      for problem in found.problems { summary.skip("\(id):\(problem.line ?? 0)", problem.message) }
      summary.skippedCount += found.refusedParts - found.problems.count
    } catch let error as ExtractionError where error.code != .outOfMemory {
      summary.skip(id, error.message)
    }
  }

  private func add(_ document: ExtractedDocument, to adder: DocumentAdder, _ summary: inout IndexingSummary) throws {
    var documentID = document.part.map { "\(id)#\($0)" } ?? id
    var title = document.title
    let sequence = number << 32 + UInt64(document.part ?? 1)
    let origin = DocumentAdder.FileOrigin(
      path: id, modified: entry.modificationTimeInNanoseconds, size: Int64(entry.size), root: root, part: document.part)
    let fields = document.fields.map { (name: $0.name, value: $0.value.documentValue) }
    do {
      try documentID.withUTF8 { idBytes in
        try title.withUTF8 { titleBytes in
          try document.text.withUnsafeBufferPointer { text in
            try adder.add(
              .init(
                id: idBytes, title: titleBytes, text: text, headings: document.headings.filter { $0 != document.title },
                fields: fields, file: origin), sequence: sequence)
          }
        }
      }
      summary.bytes += document.text.count
    } catch let error as IndexError where error.isOfOneDocument {
      summary.skip(documentID, error.message)
    }
  }
}
