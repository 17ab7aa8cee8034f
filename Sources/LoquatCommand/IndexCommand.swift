// `loquat index`: adds files, folders and JSON Lines.

public import ArgumentParser
@preconcurrency import Glibc
public import Loquat
import Synchronization

struct IndexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Add or update files and folders, or documents in JSON Lines.",
    discussion: """
      Run again, it touches only what changed; what is gone from the given folders is removed. One folder without \
      --index gets its index in FOLDER/.loquat.
      """)

  @Argument(help: "Files and folders; with --jsonl files of JSON Lines, - for standard input.")
  var paths: [String]

  @OptionGroup var location: IndexLocation

  @Option(help: "How text becomes terms: mixed, english, chinese or whitespace (a new index only).")
  var analyzer: AnalyzerName?

  @OptionGroup var words: WordFileOptions

  @Option(help: "What is kept of documents: all, or only their ids (a new index only).")
  var store: StoredContent?

  @Flag(help: "Leave out the single characters of Chinese: a smaller index, a little worse ranking (a new index only).")
  var noCharacters = false

  @Option(help: "Threads (default: one for each processor).")
  var threads = 0

  @Option(help: "Memory for documents that are not on disk yet, in MB; a document that does not fit is left out.")
  var memoryBudget = 256

  @Flag(help: "Each path holds one JSON object a line: {\"id\": …, \"title\": …, \"text\": …}.")
  var jsonl = false

  @Flag(help: "Print the summary as JSON.")
  var json = false

  func validate() throws {
    guard (0...256).contains(threads) else { throw ValidationError("--threads takes 1 to 256") }
    guard (1...1 << 20).contains(memoryBudget) else { throw ValidationError("--memory-budget takes 1 or more") }
  }

  func run() throws {
    // Before an index is made for what is not there.
    for path in paths where !(jsonl && path == "-") && access(path, R_OK) != 0 {
      throw CommandError("\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
    let index = try LoquatIndex(path: try indexPath(), settings: try settings())
    try checkSettings(of: index)
    var options = IndexingOptions()
    options.threads = threads
    options.memoryBudgetInBytes = memoryBudget << 20
    options.lockTimeoutInMilliseconds = 2_000
    let progress = IndexingProgress()
    let summary: IndexingSummary
    if jsonl {
      let sources = paths.map { $0 == "-" ? JSONLinesSource.standardInput : .file($0) }
      summary = try index.addJSONLines(sources, options) { progress.read(bytes: $0) }
    } else {
      summary = try index.addFiles(paths, options) { progress.read(path: $0) }
    }
    progress.clear()
    try IndexingReport(summary).print(asJSON: json)
  }

  private func indexPath() throws -> String {
    if let named = location.named { return named }
    guard paths.count == 1, !jsonl, isFolder(paths[0]) else {
      throw CommandError("several paths, files and JSON Lines need --index")
    }
    return paths[0].hasSuffix("/") ? paths[0] + ".loquat" : paths[0] + "/.loquat"
  }

  private func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private func settings() throws -> IndexSettings {
    let analyzer = try words.applied(to: AnalyzerConfiguration(name: analyzer ?? .mixed))
    return IndexSettings(analyzer: analyzer, store: store ?? .all, keepsCharacters: !noCharacters)
  }

  /// An existing index keeps its settings; asking for others is an error, not a silent no.
  private func checkSettings(of index: LoquatIndex) throws {
    if let analyzer, analyzer != index.settings.analyzer.name {
      throw CommandError(
        "the index was made with the analyzer \(index.settings.analyzer.name.rawValue), not \(analyzer.rawValue)")
    }
    if let store, store != index.settings.store {
      throw CommandError("the index was made with --store \(index.settings.store.rawValue)")
    }
    if noCharacters, index.settings.keepsCharacters {
      throw CommandError("the index was made without --no-characters")
    }
    let wanted = try words.applied(to: index.settings.analyzer)
    if wanted == index.settings.analyzer { return }
    guard wanted.tokenFingerprint == index.settings.analyzer.tokenFingerprint else {
      throw CommandError(
        "the index was made with other user's words, which decide how text is cut: make it anew with loquat reindex --user-words FILE"
      )
    }
    try index.changeQueryWords(to: wanted)
    Terminal.printNote("the index has other synonyms or stop words from now on\n")
  }
}

extension AnalyzerName: ExpressibleByArgument {}
extension StoredContent: ExpressibleByArgument {}

/// Shows on a terminal how far indexing has come.
private final class IndexingProgress: Sendable {
  private struct State {
    var files = 0
    var shown = ContinuousClock.now
    var isShown = false
  }
  private let state = Mutex(State())
  private let isOn = Terminal.showsProgress

  func read(path: String) {
    show { state in
      state.files += 1
      return "\(state.files) files"
    }
  }

  func read(bytes: Int) { show { _ in "\(bytes / 1_000_000) MB" } }

  private func show(_ text: (inout State) -> String) {
    guard isOn else { return }
    state.withLock { state in
      let line = text(&state)
      let now = ContinuousClock.now
      if state.shown.duration(to: now) < .milliseconds(100) { return }
      state.shown = now
      state.isShown = true
      Terminal.printNote("\r\u{1B}[K\(line)")
    }
  }

  func clear() { state.withLock { if $0.isShown { Terminal.printNote("\r\u{1B}[K") } } }
}
