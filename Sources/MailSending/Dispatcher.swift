public import MailConfiguration
internal import MailSystem

/// Gives messages of the queue to their servers, over sessions that are used for many of them.
public final class Dispatcher {
  let outbox: Outbox
  /// Makes the way to a server; replaced in tests.
  var connect: (Configuration.Outgoing) throws(ServerProblem) -> any Transport
  private var sessions: [String: Session] = [:]
  /// Servers that took nothing when they were last tried.
  private var problems: [String: ServerProblem] = [:]

  private struct Session {
    var transport: any Transport
    var messages = 0
  }

  /// A dispatcher for the messages of `outbox`; `log` is told each line that goes to a server or comes from it, without
  /// secrets. `prompt` asks for a password that the configuration has no source for; each one once.
  public init(_ outbox: Outbox, prompt: ((String) -> Secret?)? = nil, log: ((String) -> Void)? = nil) {
    self.outbox = outbox
    let queue = outbox.queue
    var answers: [String: Secret] = [:]
    let remembered = prompt.map { ask in
      { (question: String) -> Secret? in
        if answers[question] == nil { answers[question] = ask(question) }
        return answers[question]
      }
    }
    connect = { (server) throws(ServerProblem) in
      try openTransport(to: server, queue: queue, prompt: remembered, log: log)
    }
  }

  deinit { close() }

  /// Ends all sessions.
  public func close() {
    for session in sessions.values { session.transport.close() }
    sessions = [:]
  }

  /// Tries all recipients of `entry` that are still to be tried, and writes down what becomes of each. A problem with the
  /// server is none of the message: its recipients stay as they are.
  public func deliver(_ entry: QueueEntry) throws(SendError) -> ServerProblem? {
    let pending = entry.state.pending
    let mail = pending.filter { entry.record.envelope.recipients[$0].kind == .mail }
    let others = pending.filter { entry.record.envelope.recipients[$0].kind != .mail }
    if !others.isEmpty { try deliverByGateway(entry, to: others) }
    guard !mail.isEmpty else { return nil }
    guard let server = server(of: entry) else {
      let name = entry.record.place.server
      return .configuration(name.isEmpty ? "no outgoing server is configured" : "\(name): no such outgoing server")
    }
    if let problem = problems[server.name] { return problem }
    let limit = max(1, server.limits.recipients)
    var start = 0
    while start < mail.count {
      let places = Array(mail[start..<min(start + limit, mail.count)])
      do throws(ServerProblem) {
        try deliver(entry, to: places, server)
      } catch {
        if case .queue(let cause) = error { throw cause }
        problems[server.name] = error
        return error
      }
      start += limit
    }
    return nil
  }

  func server(of entry: QueueEntry) -> Configuration.Outgoing? {
    let configuration = outbox.configuration
    if let named = configuration.outgoing(named: entry.record.place.server) { return named }
    // Whoever renames a server doesn't want its mail to stay.
    return configuration.outgoing(for: configuration.identity(for: entry.record.place.identity))
  }

  private func deliver(
    _ entry: QueueEntry, to places: [Int], _ server: Configuration.Outgoing
  ) throws(ServerProblem) {
    try keepWithinRates(server, recipients: places.count)
    let isReused = sessions[server.name] != nil
    let transport = try session(server)
    let record = entry.record
    var isHandedOver = false
    let content = entry.content
    let outcomes: [DeliveryOutcome]
    do throws(ServerProblem) {
      outcomes = try transport.deliver(content, record, to: places) { () throws(SendError) in
        isHandedOver = true
        try entry.note(.giving(places))
      }
    } catch {
      transport.close()
      sessions[server.name] = nil
      throw error
    }
    sessions[server.name]?.messages += 1
    if !transport.isUsable {
      endSession(server.name)
      // A server may end a session whenever it likes; a message that it was not given yet has its chance in a new one.
      if isReused, !isHandedOver, outcomes.allSatisfy({ $0.kind == .temporary }) {
        return try deliver(entry, to: places, server)
      }
    }
    note(outcomes, of: places, entry)
  }

  /// INVARIANT: what was said to have been sent is written down before anything else is tried. Where that can't be done, the
  /// line before it makes the recipients doubtful, and they are not tried again.
  func note(_ outcomes: [DeliveryOutcome], of places: [Int], _ entry: QueueEntry) {
    var groups: [(outcome: DeliveryOutcome, places: [Int])] = []
    for (place, outcome) in zip(places, outcomes) {
      if let known = groups.firstIndex(where: { $0.outcome == outcome }) {
        groups[known].places.append(place)
      } else {
        groups.append((outcome, [place]))
      }
    }
    for group in groups { entry.noteIfPossible(.result(group.places, group.outcome)) }
  }

  func session(_ server: Configuration.Outgoing) throws(ServerProblem) -> any Transport {
    if let session = sessions[server.name] {
      if session.messages < max(1, server.limits.messages) { return session.transport }
      endSession(server.name)
    }
    let transport = try connect(server)
    sessions[server.name] = Session(transport: transport)
    return transport
  }

  func endSession(_ name: String) {
    sessions[name]?.transport.close()
    sessions[name] = nil
  }
}

/// The way to `server`.
func openTransport(
  to server: Configuration.Outgoing, queue: Queue, prompt: ((String) -> Secret?)?, log: ((String) -> Void)?
) throws(ServerProblem) -> any Transport {
  switch server.kind {
  case .command: return CommandTransport(server, queue: queue)
  case .smtp, .lmtp: return try SMTPTransport(server, prompt: prompt, log: log)
  }
}
