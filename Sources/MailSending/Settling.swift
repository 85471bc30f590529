internal import MailConfiguration
internal import MailSystem

extension Outbox {
  /// Does what follows an attempt: the next one is planned, and the sender is told of what went wrong.
  func planNext(_ entry: QueueEntry, time: Int64, problem: ServerProblem? = nil) throws(SendError) {
    if !entry.state.pending.isEmpty { try plan(entry, time: time, problem: problem) }
    if !entry.state.unreported.isEmpty { try report(entry, time: time) }
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
    try entry.note(.attempted(at: time, next: time + Int64(wait)))
    if settings.warnAfter > 0, age >= Int64(settings.warnAfter), !entry.state.hasWarned {
      try warn(entry, time: time, problem: problem)
    }
  }

  /// Takes messages out of the queue that nothing is left to be done for but what the store is to know.
  func finish(_ entries: [QueueEntry]) throws(SendError) {
    guard !entries.isEmpty else { return }
    var waiting: [QueueEntry] = []
    for entry in entries {
      let aftermath = entry.record.aftermath
      if entry.record.place.store == nil
        || (aftermath.copy == nil && aftermath.replied.isEmpty && aftermath.forwarded.isEmpty && aftermath.draft == nil)
      {
        try entry.remove()
      } else {
        // INVARIANT: from here on nobody sends it, whatever becomes of this process.
        try entry.markDone()
        waiting.append(entry)
      }
    }
    noteInStore(waiting)
    for entry in waiting { try entry.remove() }
  }

  private func report(_ entry: QueueEntry, time: Int64) throws(SendError) {
    try entry.note(.reported(entry.state.unreported))
  }

  private func warn(_ entry: QueueEntry, time: Int64, problem: ServerProblem?) throws(SendError) {
    try entry.note(.warned(at: time))
  }

  private func noteInStore(_ entries: [QueueEntry]) {}
}
