internal import MailBytes

extension SMTPClient {
  /// Sends `message` to everybody in `envelope`, in as many transactions as the server's limit of recipients makes
  /// necessary. What became of each recipient is in the outcome, also when the connection breaks.
  ///
  /// Throws only what concerns the whole message before the server was told of it: an address of the sender that can't be
  /// (`invalidAddress`, `needsUTF8`), a message that can't be read (`message`), is too large (`tooLarge`, RFC 1870, section
  /// 6.1) or can't be given the form that the server takes (`notSendable`); and the reason why the session is over already.
  public func send(_ envelope: SMTPEnvelope, _ message: MessageSource) throws(SMTPError) -> SMTPOutcome {
    switch state {
    case .ready, .unfinished: break
    case .over(let error): throw error
    case .new, .ended: throw .wrongState("no session")
    }
    var verdicts = [SMTPOutcome.Verdict?](repeating: nil, count: envelope.recipients.count)
    var isInternational = envelope.sender.isEmpty ? false : try needsUTF8(envelope.sender)
    for (index, recipient) in envelope.recipients.enumerated() {
      do throws(SMTPError) {
        if try needsUTF8(recipient.address) { isInternational = true }
        _ = try SMTPCommand.recipient(recipient, isInternational: capabilities.hasSMTPUTF8, capabilities)
      } catch {
        verdicts[index] = .failed(error)
      }
    }
    var waiting = verdicts.indices.filter { verdicts[$0] == nil }
    var last: SMTPReply?
    if !waiting.isEmpty {
      let rendition = try rendition(of: message, isInternational)
      if let limit = capabilities.sizeLimit, rendition.form.size > limit {
        throw .tooLarge(rendition.form.size, limit: limit)
      }
      while !waiting.isEmpty {
        let limit = max(1, min(recipientLimit, capabilities.recipientLimit ?? .max))
        let batch = Array(waiting.prefix(limit))
        waiting.removeFirst(batch.count)
        var transaction = SMTPTransaction(envelope, batch, rendition)
        run(&transaction)
        for (index, verdict) in transaction.verdicts { verdicts[index] = verdict }
        last = transaction.reply ?? last
        waiting = transaction.remaining + waiting
      }
    }
    var outcome = SMTPOutcome(recipients: [], reply: last)
    for (recipient, verdict) in zip(envelope.recipients, verdicts) {
      outcome.recipients.append(.init(recipient, verdict ?? .failed(.wrongState("no verdict"))))
    }
    if case .over(let error) = state { outcome.failure = error }
    return outcome
  }

  /// The local part of `address` needs SMTPUTF8; throws when the server doesn't have it, or the address can't be one.
  private func needsUTF8(_ address: String) throws(SMTPError) -> Bool {
    let path = try SMTPPath(address)
    guard path.asciiForm == nil else { return false }
    guard capabilities.hasSMTPUTF8 else { throw .needsUTF8(address) }
    return true
  }

  private func rendition(of message: MessageSource, _ isInternational: Bool) throws(SMTPError) -> MessageRendition {
    let traits = try message.traits()
    do throws(SMTPError) {
      return try MessageRendition(message, traits, isInternational: isInternational, for: capabilities)
    } catch {
      // An address in the header alone may need SMTPUTF8 as well.
      guard case .needsUTF8 = error, capabilities.hasSMTPUTF8, !isInternational else { throw error }
      return try MessageRendition(message, traits, isInternational: true, for: capabilities)
    }
  }
}
