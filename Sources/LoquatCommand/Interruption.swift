// Ctrl-C, for commands that can stop in good order.

@preconcurrency import Glibc
import Synchronization

/// The first SIGINT or SIGTERM asks the command to stop and clean up; the second ends the program at once.
enum Interruption {
  private static let flag = Atomic<Bool>(false)

  /// Whether the user asked to stop.
  static var happened: Bool { flag.load(ordering: .relaxed) }

  /// Takes notice of the signals from now on.
  static func watch() {
    for signal in [SIGINT, SIGTERM] {
      _ = Glibc.signal(signal) { signal in
        Interruption.flag.store(true, ordering: .relaxed)
        _ = Glibc.signal(signal, SIG_DFL)
      }
    }
  }
}
