internal import Glibc

/// Work done by several threads whose results one thread takes in order: at most `window` results wait at a time.
///
/// `produce(i)` runs on a thread of its own for each `i` in 0..<`count`; `consume(i, result)` runs on the calling thread,
/// in the order of `i`. An error that `consume` throws stops the work, and is thrown when all threads have ended.
public func orderedPipeline<Result: Sendable>(
  count: Int, workers: Int, window: Int, produce: @escaping @Sendable (Int) -> Result,
  consume: (Int, Result) throws -> Void
) throws {
  guard count > 0 else { return }
  guard workers > 0, count > 1 else {
    for index in 0..<count { try consume(index, produce(index)) }
    return
  }
  let line = ProductionLine(count: count, window: max(window, workers), produce: produce)
  var threads: [pthread_t] = []
  for _ in 0..<min(workers, count) {
    if let thread = line.startWorker() { threads.append(thread) }
  }
  defer {
    line.stop()
    for thread in threads { pthread_join(thread, nil) }
  }
  for index in 0..<count {
    // Where no thread could be started the calling one does the work itself.
    let result = threads.isEmpty ? produce(index) : line.take(index)
    guard let result else { return }
    try consume(index, result)
  }
}

/// The number of processors this process may use.
public func processorCount() -> Int {
  max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}

/// What workers and consumer share. All fields are guarded by the mutex.
@safe private final class ProductionLine<Result: Sendable>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let roomChanged: UnsafeMutablePointer<pthread_cond_t>
  private let resultCame: UnsafeMutablePointer<pthread_cond_t>
  private let produce: @Sendable (Int) -> Result
  private let count: Int
  private var slots: [Result?]
  private var next = 0
  private var taken = 0
  private var isStopped = false

  init(count: Int, window: Int, produce: @escaping @Sendable (Int) -> Result) {
    self.count = count
    self.produce = produce
    self.slots = Array(repeating: nil, count: window)
    unsafe mutex = .allocate(capacity: 1)
    unsafe roomChanged = .allocate(capacity: 1)
    unsafe resultCame = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(roomChanged, nil)
    unsafe pthread_cond_init(resultCame, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(roomChanged)
    unsafe pthread_cond_destroy(resultCame)
    unsafe pthread_mutex_destroy(mutex)
    unsafe roomChanged.deallocate()
    unsafe resultCame.deallocate()
    unsafe mutex.deallocate()
  }

  func startWorker() -> pthread_t? {
    var thread = pthread_t()
    let body = unsafe Unmanaged.passRetained(WorkerBody { self.work() })
    let code = unsafe pthread_create(&thread, nil, runWorker, body.toOpaque())
    if code != 0 {
      unsafe body.release()
      return nil
    }
    return thread
  }

  private func work() {
    unsafe pthread_mutex_lock(mutex)
    while true {
      while !isStopped, next < count, next - taken >= slots.count { unsafe pthread_cond_wait(roomChanged, mutex) }
      if isStopped || next >= count { break }
      let index = next
      next += 1
      unsafe pthread_mutex_unlock(mutex)
      let result = produce(index)
      unsafe pthread_mutex_lock(mutex)
      slots[index % slots.count] = result
      unsafe pthread_cond_signal(resultCame)
    }
    unsafe pthread_mutex_unlock(mutex)
  }

  /// The result for `index`, which is the next in order; waits until it is there.
  func take(_ index: Int) -> Result? {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    let slot = index % slots.count
    while slots[slot] == nil, !isStopped { unsafe pthread_cond_wait(resultCame, mutex) }
    let result = slots[slot]
    slots[slot] = nil
    taken = index + 1
    unsafe pthread_cond_broadcast(roomChanged)
    return result
  }

  func stop() {
    unsafe pthread_mutex_lock(mutex)
    isStopped = true
    unsafe pthread_cond_broadcast(roomChanged)
    unsafe pthread_cond_broadcast(resultCame)
    unsafe pthread_mutex_unlock(mutex)
  }
}

private final class WorkerBody {
  let run: () -> Void
  init(_ run: @escaping () -> Void) { self.run = run }
}

private func runWorker(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let argument = unsafe argument {
    unsafe Unmanaged<WorkerBody>.fromOpaque(argument).takeRetainedValue().run()
  }
  return nil
}
