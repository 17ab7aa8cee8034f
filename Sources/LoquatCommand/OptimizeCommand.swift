// `loquat optimize`: merges segments.

import ArgumentParser
import Loquat
import Synchronization

struct OptimizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "optimize", abstract: "Merge segments, so that searches are faster and deleted documents are gone.")

  @OptionGroup var location: IndexLocation

  @Option(help: "How many segments to leave at most.")
  var maxSegments = 1

  @Flag(help: "Put similar documents together: a smaller index, faster searches.")
  var reorder = false

  @Option(help: "Threads for --reorder (default: one for each processor).")
  var threads = 0

  @Option(help: "Memory for --reorder, in MB.")
  var memoryBudget = 512

  func validate() throws {
    guard maxSegments > 0 else { throw ValidationError("--max-segments takes 1 or more") }
    guard (0...256).contains(threads) else { throw ValidationError("--threads takes 1 to 256") }
    guard (1...1 << 20).contains(memoryBudget) else { throw ValidationError("--memory-budget takes 1 or more") }
  }

  func run() throws {
    let index = try location.open()
    let before = index.current.reader.segmentCount
    Interruption.watch()
    let progress = OptimizingNote()
    defer { progress.clear() }
    let control = OperationControl(progress: { progress.show($0) }, shouldContinue: { !Interruption.happened })
    if reorder {
      var options = ReorderingOptions()
      options.threads = threads
      options.memoryBudgetInBytes = memoryBudget << 20
      try index.reorder(maximumSegments: maxSegments, options: options, control: control)
    } else {
      try index.optimize(maximumSegments: maxSegments, control: control)
    }
    print("\(before) segments before, \(index.current.reader.segmentCount) now")
  }
}

/// Shows on a terminal how far the work has come.
private final class OptimizingNote: Sendable {
  private let shown = Mutex("")
  private let isOn = Terminal.showsProgress

  func show(_ progress: OperationProgress) {
    guard isOn, let fraction = progress.fraction else { return }
    let phase =
      switch progress.phase {
      case .reading: "reading the index"
      case .ordering: "putting similar documents together"
      case .writing: "writing the index"
      case .merging: "merging segments"
      case .indexing, .committing, .verifying: progress.phase.rawValue
      }
    let line = "\(phase) \(Int(fraction * 100)) %"
    shown.withLock {
      if $0 == line { return }
      $0 = line
      Terminal.printNote("\r\u{1B}[K\(line)")
    }
  }

  func clear() { shown.withLock { if !$0.isEmpty { Terminal.printNote("\r\u{1B}[K") } } }
}
