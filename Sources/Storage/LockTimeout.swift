// Waiting for a lock.

internal import CPlatform

/// Tries to take a lock again and again until its time is over.
enum LockTimeout {
  private static let pauseInMilliseconds = 5

  /// Calls `take` until it throws no `locked` or the time is over; at least once.
  static func retry<Lock>(_ milliseconds: Int, _ take: () throws(IndexError) -> Lock) throws(IndexError) -> Lock {
    let start = cplatform_milliseconds()
    while true {
      do {
        return try take()
      } catch {
        let left = Int64(clamping: milliseconds) - (cplatform_milliseconds() - start)
        guard error.code == .locked, left > 0 else { throw error }
        cplatform_sleep(Int32(clamping: min(Int64(pauseInMilliseconds), left)))
      }
    }
  }
}
