internal import MailBytes
internal import MailConfiguration
internal import MailGateways
internal import MailMIME
internal import MailSystem

extension Dispatcher {
  /// Gives the message to telephone numbers, each by itself.
  func deliverByGateway(_ entry: QueueEntry, to places: [Int]) throws(SendError) {
    let message = Message(parsing: try entry.plainContent.whole())
    for place in places {
      let outcome: DeliveryOutcome
      do throws(GatewayError) {
        outcome = try deliver(entry, message, to: place)
      } catch {
        outcome = DeliveryOutcome(
          error.isTemporary ? .temporary : .permanent, status: error.status, text: error.description)
      }
      note([outcome], of: [place], entry)
    }
  }

  private func deliver(_ entry: QueueEntry, _ message: Message, to place: Int) throws(GatewayError) -> DeliveryOutcome {
    let recipient = entry.record.envelope.recipients[place]
    let gateway = try Gateway(recipient.kind == .sms ? .sms : .fax, outbox.configuration)
    let number = try gateway.number(recipient.address)
    let content = try gateway.content(of: message, to: number)
    guard gateway.isCommand else { return try deliverByMail(entry, gateway, content, message, number, place) }
    do throws(SendError) { try entry.note(.giving([place])) } catch {
      return DeliveryOutcome(.temporary, status: "4.3.0", text: error.description)
    }
    let said = try gateway.run(content, to: number, of: message)
    let text = said.isEmpty ? content.summary : "\(content.summary): \(said)"
    return DeliveryOutcome(.sent, by: recipient.kind.rawValue, status: "2.0.0", text: text)
  }

  /// Writes to the gateway's address, by the server that takes the sender's mail.
  private func deliverByMail(
    _ entry: QueueEntry, _ gateway: Gateway, _ content: GatewayContent, _ message: Message, _ number: TelephoneNumber,
    _ place: Int
  ) throws(GatewayError) -> DeliveryOutcome {
    let record = entry.record
    let time = now() / 1_000_000_000
    let date = MailDate(seconds: time, offsetMinutes: MailSystem.LocalTime(seconds: time).offset / 60)
    let identifier = "\(record.id).\(place)@\(Address(address: record.envelope.sender).domain)"
    let mail = try gateway.mail(content, to: number, of: message, date: date, messageID: identifier)
    var letter = record
    letter.envelope.recipients = [Recipient(gateway.mailAddress(of: number) ?? "")]
    letter.envelope.envelopeID = nil
    guard let server = server(of: entry) else {
      return DeliveryOutcome(.permanent, status: "5.3.5", text: "no outgoing server is configured")
    }
    do throws(ServerProblem) {
      let transport = try session(server)
      let outcomes = try transport.deliver(MessageContent(mail), letter, to: [0]) { () throws(SendError) in
        try entry.note(.giving([place]))
      }
      if !transport.isUsable { endSession(server.name) }
      var outcome = outcomes.first ?? DeliveryOutcome(.temporary, text: "no answer")
      if outcome.kind == .sent { outcome.text = "\(content.summary): \(outcome.text)" }
      return outcome
    } catch {
      endSession(server.name)
      return DeliveryOutcome(.temporary, status: "4.4.1", text: error.description)
    }
  }
}
