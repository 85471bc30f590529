internal import MailConfiguration
internal import MailSystem

/// What is to be sent of the queue.
public struct RunRequest: Sendable, Equatable {
  /// These entries; nil for all.
  public var ids: [String]?
  /// Whether they are due or not.
  public var evenIfNotDue = false
  public init() {}
}

extension Outbox {
  /// Sends what is due. Entries that another process works on are passed over. `report` is told the result of each message
  /// that was tried. `isStopped` is asked between messages.
  public func run(
    _ request: RunRequest, with dispatcher: Dispatcher, isStopped: () -> Bool = { false },
    report: (SendResult) -> Void = { _ in }
  ) throws(SendError) {
    queue.tidy(now: now() / 1_000_000_000)
    var batch: [QueueEntry] = []
    var ids = request.ids ?? []
    if request.ids == nil { ids = try queue.ids() }
    for id in ids {
      if isStopped() { break }
      guard let entry = try due(id, request) else { continue }
      batch.append(entry)
      if let result = try attempt(entry, dispatcher) { report(result) }
      if batch.count >= 200 {
        try finishDone(&batch)
      }
    }
    try finishDone(&batch)
    try queue.synchronise()
  }

  /// The entry `id`, taken, where it is to be tried.
  private func due(_ id: String, _ request: RunRequest) throws(SendError) -> QueueEntry? {
    let (found, problem) = try queue.take(id)
    guard let entry = found else {
      if problem == .damaged { notify("\(id): its files in the queue are damaged; it can only be deleted") }
      if request.ids != nil, problem == .gone { throw .noSuchEntry(id) }
      return nil
    }
    if entry.isDone { return entry }
    if !entry.state.doubtful.isEmpty || entry.state.isHeld {
      if request.ids != nil {
        notify("\(id): \(entry.state.isHeld ? "held" : "it may have been sent"); --queue release lets it go")
      }
      return nil
    }
    let time = now() / 1_000_000_000
    return entry.state.due <= time || request.evenIfNotDue || entry.state.isSettled ? entry : nil
  }

  private func attempt(_ entry: QueueEntry, _ dispatcher: Dispatcher) throws(SendError) -> SendResult? {
    if entry.isDone { return nil }
    guard entry.record.place.configuration == configurationPath.map({ absolutePath($0) }) else {
      return try attemptElsewhere(entry)
    }
    try SentCopy.place(entry, mayBeThere: true, store: store)
    let problem = try dispatcher.deliver(entry)
    try planNext(entry, time: now() / 1_000_000_000, problem: problem)
    return result(entry, problem)
  }

  /// A message that was accepted with another configuration goes as that one says.
  private func attemptElsewhere(_ entry: QueueEntry) throws(SendError) -> SendResult? {
    let path = entry.record.place.configuration
    let settings: SendSettings
    do throws(SendFailure) {
      settings = try SendSettings(configurationPath: path, store: entry.record.place.store, queue: queue.directory)
    } catch {
      let problem = ServerProblem.configuration("\(path ?? "the usual configuration"): \(error)")
      try planNext(entry, time: now() / 1_000_000_000, problem: problem)
      return result(entry, problem)
    }
    let other = Outbox(
      queue: queue, configuration: settings.configuration, configurationPath: path, store: entry.record.place.store)
    other.notify = notify
    return try other.attempt(entry, Dispatcher(other))
  }

  private func finishDone(_ batch: inout [QueueEntry]) throws(SendError) {
    try finish(batch.filter { $0.isDone || ($0.state.isSettled && $0.state.unreported.isEmpty) })
    batch = []
  }
}
