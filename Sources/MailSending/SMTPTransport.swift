internal import MailConfiguration
internal import MailSASL
internal import MailSMTP
internal import MailSystem

/// A session with an SMTP or LMTP server.
final class SMTPTransport: Transport {
  private let client: SMTPClient
  private let name: String
  /// Why the queue stopped the handing over.
  private var failure: SendError?

  init(
    _ outgoing: Configuration.Outgoing, prompt: ((String) -> Secret?)? = nil, log: ((String) -> Void)?
  ) throws(ServerProblem) {
    name = outgoing.host.isEmpty ? outgoing.name : outgoing.host
    let server = try SMTPServer(outgoing)
    let credentials = try Credentials.of(outgoing, prompt: prompt)
    do throws(SMTPError) {
      client = try SMTPClient.connect(to: server, credentials: credentials, log: log)
    } catch {
      throw SMTPTransport.problem(error, name)
    }
  }

  var isUsable: Bool {
    switch client.state {
    case .ready, .unfinished: true
    default: false
    }
  }

  func close() { client.quit() }

  func deliver(
    _ content: MessageContent, _ record: QueueRecord, to places: [Int],
    beforeEnd: @escaping () throws(SendError) -> Void
  ) throws(ServerProblem) -> [DeliveryOutcome] {
    let source = MessageSource(
      pieces: content.pieces.map { piece in
        switch piece {
        case .bytes(let bytes): .bytes(bytes)
        case .file(let range):
          .file(descriptor: content.descriptor, offset: range.lowerBound, length: range.upperBound - range.lowerBound)
        }
      })
    client.beforeHandover = { [unowned self] () throws(SMTPError) in
      do throws(SendError) { try beforeEnd() } catch {
        failure = error
        throw .message(SystemError(call: "write", errno: 5))
      }
    }
    defer { client.beforeHandover = nil }
    let outcome: SMTPOutcome
    do throws(SMTPError) {
      outcome = try client.send(envelope(record, places), source)
    } catch {
      if let failure { throw .queue(failure) }
      // The session is over, or the message can't go this way at all.
      if !isUsable { throw SMTPTransport.problem(error, name) }
      let outcome = self.outcome(.failed(error))
      return places.map { _ in outcome }
    }
    if let failure { throw .queue(failure) }
    return outcome.recipients.map { self.outcome($0.verdict) }
  }

  private func envelope(_ record: QueueRecord, _ places: [Int]) -> SMTPEnvelope {
    let wanted = record.envelope.notify
    var notify: SMTPRecipient.Notify?
    if !wanted.isEmpty {
      var set: SMTPRecipient.Notify = []
      if wanted.contains("success") { set.insert(.success) }
      if wanted.contains("failure") { set.insert(.failure) }
      if wanted.contains("delay") { set.insert(.delay) }
      notify = set
    }
    var envelope = SMTPEnvelope(
      sender: record.envelope.sender,
      recipients: places.map { SMTPRecipient(record.envelope.recipients[$0].address, notify: notify) })
    envelope.returns = record.envelope.returns.map { $0 == "full" ? .full : .headers }
    envelope.envelopeID = record.envelope.envelopeID
    return envelope
  }

  private func outcome(_ verdict: SMTPOutcome.Verdict) -> DeliveryOutcome {
    let kind: DeliveryOutcome.Kind = verdict.isAccepted ? .sent : verdict.isTemporary ? .temporary : .permanent
    if let reply = verdict.reply {
      return DeliveryOutcome(
        kind, by: name, code: reply.code, status: reply.enhanced?.description ?? "", text: reply.text)
    }
    return DeliveryOutcome(kind, by: name, text: verdict.description)
  }

  private static func problem(_ error: SMTPError, _ name: String) -> ServerProblem {
    let text = "\(name): \(error)"
    if error.isAboutLogin { return .login(text) }
    return error.isTemporary ? .unreachable(text) : .configuration(text)
  }
}
