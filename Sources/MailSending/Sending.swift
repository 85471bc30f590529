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
    if entry.state.due > time || configuration.send.queue == .always {
      return result(entry, nil)
    }
    let problem = try dispatcher.deliver(entry)
    let state = entry.state
    let refused = state.outcomes.allSatisfy { $0?.kind == .permanent }
    let keeps = configuration.send.queue != .never
    if refused || (!keeps && !state.hasLeft && state.doubtful.isEmpty) {
      // Nobody has it: the caller is told, and keeps the message.
      try discard(entry)
      return result(entry, problem, isKept: false)
    }
    try planNext(entry, time: time, problem: problem)
    if entry.state.isSettled, entry.state.unreported.isEmpty { try finish([entry]) }
    let answer = result(entry, problem)
    try queue.synchronise()
    return answer
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
}
