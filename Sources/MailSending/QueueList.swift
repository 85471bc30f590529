internal import MailStore
internal import MailSystem

/// A message in the queue, for people.
public struct QueueListing: Sendable, Equatable {
  public var record: QueueRecord
  public var state: QueueState
  public var summary: QueueState.Summary
  /// What was said last of a recipient that is still to be tried.
  public var reason: String? {
    let outcomes = state.outcomes.compactMap { $0 }.filter { $0.kind == .temporary }
    return outcomes.last?.description ?? state.outcomes.compactMap { $0 }.last { $0.kind != .sent }?.description
  }
}

extension Outbox {
  /// The messages in the queue, the oldest first; of `ids` alone where there are some.
  public func list(_ ids: [String] = []) throws(SendError) -> [QueueListing] {
    var listings: [QueueListing] = []
    for id in try ids.isEmpty ? queue.ids() : ids {
      guard let found = try queue.look(at: id) else {
        if !ids.isEmpty { throw .noSuchEntry(id) }
        // One that has just gone, or is damaged.
        continue
      }
      let time = now() / 1_000_000_000
      listings.append(QueueListing(record: found.record, state: found.state, summary: found.state.summary(at: time)))
    }
    return listings
  }

  /// The entry `id` for this process alone.
  private func entry(_ id: String) throws(SendError) -> QueueEntry {
    let (found, problem) = try queue.take(id)
    if let found { return found }
    throw problem == .busy ? .busyEntry(id) : .noSuchEntry(id)
  }

  /// Lets the entry wait until it is released.
  public func hold(_ id: String) throws(SendError) {
    try entry(id).note(.held(at: now() / 1_000_000_000), isDurable: true)
  }

  /// Lets the entry go, now; what may have been sent is sent again.
  public func release(_ id: String) throws(SendError) {
    try entry(id).note(.released(at: now() / 1_000_000_000), isDurable: true)
    queue.wake()
  }

  /// Takes the entry out of the queue for good. Its copy in Sent goes to Trash where nobody has got the message.
  public func delete(_ id: String) throws(SendError) {
    let (found, problem) = try queue.take(id)
    if let entry = found {
      try retract(entry, to: .trash)
    } else if problem == .damaged {
      try queue.removeDamaged(id)
    } else {
      throw problem == .busy ? .busyEntry(id) : .noSuchEntry(id)
    }
    try queue.synchronise()
  }

  /// Takes back the message `id`, or the last one that has not been tried yet: it goes to Drafts. Gives its name.
  public func undo(_ id: String?) throws(SendError) -> QueueRecord? {
    var ids: [String] = []
    if let id { ids = [id] } else { ids = try queue.ids().reversed() }
    for candidate in ids {
      let (found, problem) = try queue.take(candidate)
      guard let entry = found else {
        if id != nil { throw problem == .busy ? .busyEntry(candidate) : .noSuchEntry(candidate) }
        continue
      }
      guard !entry.isDone, entry.state.attempts == 0, !entry.state.hasLeft, entry.state.doubtful.isEmpty else {
        if id != nil { throw .busyEntry(candidate) }
        continue
      }
      try retract(entry, to: .drafts)
      try queue.synchronise()
      return entry.record
    }
    return nil
  }
}
