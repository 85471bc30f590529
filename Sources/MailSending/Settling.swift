internal import MailConfiguration
internal import MailSystem

extension Outbox {
  /// Does what follows an attempt: the next one is planned, and the sender is told of what went wrong.
  func planNext(_ entry: QueueEntry, time: Int64, problem: ServerProblem? = nil) throws(SendError) {
    if !entry.state.pending.isEmpty { try plan(entry, time: time, problem: problem) }
    if !entry.state.unreported.isEmpty { report(entry, time: time) }
  }

  /// When the message is tried next; after days it is given up.
  private func plan(_ entry: QueueEntry, time: Int64, problem: ServerProblem?) throws(SendError) {
    let settings = configuration.send
    let age = time - max(entry.record.created, entry.record.notBefore)
    let pending = entry.state.pending
    if age >= Int64(settings.giveUpAfter) {
      for place in pending {
        let last = entry.state.outcomes[place]?.description ?? problem?.description ?? "it was never tried"
        try entry.note(
          .result(
            [place], DeliveryOutcome(.permanent, by: entry.state.outcomes[place]?.by ?? "", status: "4.4.7", text: last)
          ))
      }
      return
    }
    let waits = settings.retryAfter
    let wait = waits.isEmpty ? 3600 : waits[min(entry.state.attempts, waits.count - 1)]
    var next = time + Int64(wait)
    if case .limited(let until, _)? = problem { next = until }
    try entry.note(.attempted(at: time, next: next))
    if settings.warnAfter > 0, age >= Int64(settings.warnAfter), !entry.state.hasWarned {
      warn(entry, time: time, problem: problem)
    }
  }

  /// Tells the sender of recipients that the message can't reach. What can't be told stays in the queue.
  private func report(_ entry: QueueEntry, time: Int64) {
    do throws(SendError) {
      try Undeliverable(self, entry, time: time).deliver()
    } catch {
      notify("\(entry.id): the report on it can't be delivered: \(error)")
    }
  }

  /// Tells the sender that the message still waits.
  private func warn(_ entry: QueueEntry, time: Int64, problem: ServerProblem?) {
    do throws(SendError) {
      try Undeliverable(self, entry, time: time).warn(problem?.description)
    } catch {
      notify("\(entry.id): the warning about it can't be delivered: \(error)")
    }
  }
}
