// A bounded queue between the thread that finds work and those that do it.

@preconcurrency import Glibc
import Storage
import Synchronization

/// Hands items to several threads. Items have weights; while those that wait and those that are worked on weigh as much
/// as the queue may hold, the giver waits, so memory stays bounded.
final class WorkQueue<Item: Sendable>: @unchecked Sendable {
  private let capacity: Int
  private var items: [(item: Item, weight: Int)] = []
  private var head = 0
  /// What waits and what is worked on.
  private var weight = 0
  private var isFinished = false
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>

  init(capacity: Int) {
    self.capacity = max(1, capacity)
    mutex = .allocate(capacity: 1)
    changed = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    changed.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  private func locked<R>(_ body: () -> R) -> R {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Adds an item, waiting until there is room for it; one that is heavier than the capacity waits to be alone. False
  /// when the queue was finished.
  func put(_ item: Item, weight added: Int = 1) -> Bool {
    locked {
      while weight > 0, weight + added > capacity, !isFinished { pthread_cond_wait(changed, mutex) }
      if isFinished { return false }
      items.append((item, added))
      weight += added
      pthread_cond_broadcast(changed)
      return true
    }
  }

  /// Works on item after item, waiting for them, until the queue is finished and empty.
  func forEach(_ body: (Item) throws -> Void) rethrows {
    while let (item, weight) = take() {
      defer { release(weight) }
      try body(item)
    }
  }

  private func take() -> (Item, Int)? {
    locked {
      while items.count == head, !isFinished { pthread_cond_wait(changed, mutex) }
      if items.count == head { return nil }
      let next = items[head]
      head += 1
      if head == items.count {
        items.removeAll(keepingCapacity: true)
        head = 0
      }
      return next
    }
  }

  private func release(_ released: Int) {
    locked {
      weight -= released
      pthread_cond_broadcast(changed)
    }
  }

  /// No more items come; with `discarding`, those that wait are dropped.
  func finish(discarding: Bool = false) {
    locked {
      isFinished = true
      if discarding {
        items.removeAll()
        head = 0
      }
      pthread_cond_broadcast(changed)
    }
  }
}

/// Runs `produce` on the calling thread and `consume` on `threads` others until both are done; the first error of any
/// of them stops all and is thrown.
func withWorkers<Item: Sendable>(
  threads: Int, capacity: Int, produce: (WorkQueue<Item>) throws -> Void,
  consume: @escaping @Sendable (WorkQueue<Item>) throws -> Void
) throws {
  let queue = WorkQueue<Item>(capacity: capacity)
  let failure = Mutex<(any Error)?>(nil)
  var running: [WorkerThread] = []
  do {
    for _ in 0..<max(1, threads) {
      running.append(
        try WorkerThread {
          do {
            try consume(queue)
          } catch {
            failure.withLock { if $0 == nil { $0 = error } }
            queue.finish(discarding: true)
          }
        })
    }
    try produce(queue)
    queue.finish()
  } catch {
    failure.withLock { if $0 == nil { $0 = error } }
    queue.finish(discarding: true)
  }
  for thread in running { thread.join() }
  if let error = failure.withLock({ $0 }) { throw error }
}

/// A thread with a stack that deep documents need.
final class WorkerThread {
  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private static let stackSize = 16 << 20
  private var thread = pthread_t()

  /// - Throws: `limitExceeded` when the system gives no thread.
  init(_ run: @escaping @Sendable () -> Void) throws(IndexError) {
    let body = Unmanaged.passRetained(Body(run))
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, Self.stackSize)
    let status = pthread_create(&thread, &attributes, startWorker, body.toOpaque())
    pthread_attr_destroy(&attributes)
    if status != 0 {
      body.release()
      throw IndexError(.limitExceeded, "the system gives no thread", errno: status)
    }
  }

  /// Waits for the end of the thread; called once, or ``detach()`` is.
  func join() { pthread_join(thread, nil) }

  /// Lets the thread end by itself.
  func detach() { pthread_detach(thread) }

  fileprivate static func start(_ argument: UnsafeMutableRawPointer?) {
    guard let argument else { return }
    Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
  }
}

private func startWorker(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  WorkerThread.start(argument)
  return nil
}
