internal import MailConfiguration
internal import MailSystem

/// What became of a message for one recipient, for the caller.
public struct RecipientResult: Sendable, Equatable {
  public enum Kind: String, Sendable {
    /// A server or program has it.
    case sent
    /// It waits in the queue.
    case queued
    /// It can't be sent, and won't be tried again.
    case refused
    /// It can't be sent now, and isn't kept.
    case failed
    /// Nobody can know; it waits until somebody decides.
    case doubtful
  }

  public var recipient: Recipient
  public var kind: Kind
  /// What was said about it.
  public var outcome: DeliveryOutcome?
}

/// What became of one message.
public struct SendResult: Sendable, Equatable {
  public var id = ""
  public var messageID = ""
  public var recipients: [RecipientResult] = []
  /// Why the server was of no use, where it was.
  public var problem: ServerProblem?
  /// It was not tried: its time has not come.
  public var isScheduled = false
  /// It stays in the queue.
  public var isQueued = false
  /// When it is tried next, seconds since 1970.
  public var due: Int64 = 0

  /// Somebody has it, or will get it.
  public func has(_ kind: RecipientResult.Kind) -> Bool { recipients.contains { $0.kind == kind } }
}

extension Outbox {
  /// Sends `entry`, which was just accepted, as far as that can be done at once. What can't be sent stays in the queue or,
  /// where the configuration wants none, goes.
  public func send(_ entry: QueueEntry, with dispatcher: Dispatcher) throws(SendError) -> SendResult {
    let time = now() / 1_000_000_000
    if interruptRequested() {
      try discard(entry)
      throw .interrupted
    }
    if entry.state.due > time || configuration.send.queue == .always {
      var answer = result(entry, nil)
      answer.isScheduled = true
      return answer
    }
    var problem: ServerProblem?
    do throws(SendError) {
      problem = try dispatcher.deliver(entry)
    } catch {
      // It is safe in the queue, whatever has gone wrong with writing down more about it.
      problem = .queue(error)
    }
    let state = entry.state
    let refused = state.outcomes.allSatisfy { $0?.kind == .permanent }
    let keeps = configuration.send.queue != .never
    // What the user has to mend first is no reason to keep it either: waiting would not mend it.
    let isHopeless =
      switch problem {
      case .login?, .configuration?: true
      default: !keeps
      }
    let isStopped = interruptRequested() && !state.hasLeft && state.doubtful.isEmpty
    if isStopped {
      try discard(entry)
      throw .interrupted
    }
    if refused || (isHopeless && !state.hasLeft && state.doubtful.isEmpty) {
      // Nobody has it: the caller is told, and keeps the message.
      try discard(entry)
      return result(entry, problem, isKept: false)
    }
    do throws(SendError) {
      try planNext(entry, time: time, problem: problem)
      if entry.state.isSettled, entry.state.unreported.isEmpty { try finish([entry]) }
      try queue.synchronise()
    } catch {
      // What was said to the server can't be unsaid: the next run of the queue finishes this.
      notify("\(entry.id): \(error)")
    }
    return result(entry, problem)
  }

  /// What is to be told of `entry` as it stands.
  func result(_ entry: QueueEntry, _ problem: ServerProblem?, isKept: Bool = true) -> SendResult {
    let (record, state) = (entry.record, entry.state)
    var result = SendResult()
    result.id = record.id
    result.messageID = record.message.messageID
    result.problem = problem
    result.due = state.due
    for (place, recipient) in record.envelope.recipients.enumerated() {
      let outcome = state.outcomes[place]
      let kind: RecipientResult.Kind =
        switch outcome?.kind {
        case .sent: .sent
        case .permanent: .refused
        default: state.doubtful.contains(place) ? .doubtful : isKept ? .queued : .failed
        }
      result.recipients.append(RecipientResult(recipient: recipient, kind: kind, outcome: outcome))
    }
    result.isQueued = result.has(.queued) || result.has(.doubtful)
    return result
  }

  /// After how many seconds a process of its own is to send the message, where that is worth while; else a timer does.
  public func wait(for result: SendResult) -> Int64? {
    guard result.isScheduled else { return nil }
    let wait = max(0, result.due - now() / 1_000_000_000)
    return wait <= 3600 ? wait : nil
  }
}
