internal import MailTransport

/// A transaction: MAIL, RCPT, and the message by DATA or BDAT. RFC 5321, section 3.3.
extension SMTPClient {
  /// Goes through `transaction`; afterwards everybody in it has a verdict or is left for the next one.
  func run(_ transaction: inout SMTPTransaction) {
    do throws(SMTPError) {
      try attempt(&transaction)
    } catch {
      // Refusals by a server that goes on are verdicts; the rest ended the session.
      transaction.settle(error.reply.map { .refused($0) } ?? .failed(error))
    }
    stream.ignoresInterrupts = false
  }

  private func attempt(_ transaction: inout SMTPTransaction) throws(SMTPError) {
    if case .over(let error) = state { throw error }
    let chunks = chunking == .whenOffered && capabilities.hasChunking && !isLMTP
    guard chunks || transaction.rendition.form.body == .binary else { return try sendByData(&transaction) }
    try sendByChunks(&transaction)
  }

  //     C: MAIL FROM:<ada@example.org> SIZE=1234
  //     C: RCPT TO:<ben@example.com>
  //     C: DATA
  //     S: 250 2.1.0 Ok
  //     S: 250 2.1.5 Ok
  //     S: 354 End data with <CR><LF>.<CR><LF>
  private func sendByData(_ transaction: inout SMTPTransaction) throws(SMTPError) {
    guard let reply = try announce(&transaction, last: .data) else { return }
    guard reply.code == 354 else {
      if reply.isPositive || reply.isIntermediate { throw end(.badReply(.unexpected(reply.code), .data)) }
      return transaction.settleAccepted(.refused(reply))
    }
    guard !transaction.accepted.isEmpty else {
      // The server wants a message for nobody: it gets an empty one, as RFC 2920, section 3.1, has it.
      try write([0x2E, 0x0D, 0x0A], .content)
      _ = try readReply(.message)
      state = .ready
      return
    }
    do throws(SMTPError) {
      try transaction.rendition.write(doublesDots: true) { (piece, isLast) throws(SMTPError) in
        // With the final dot the server takes over: who doesn't wait for its answer sends the message twice.
        if isLast { try handOver() }
        try write(piece, .content)
      }
    } catch {
      // Half a message must not be ended by a dot.
      throw end(error)
    }
    try takeFinalReplies(&transaction)
  }

  /// From here on the server may have the message, and an interrupt doesn't end the wait for its answer.
  func handOver() throws(SMTPError) {
    try beforeHandover?()
    stream.ignoresInterrupts = true
  }

  /// MAIL, RCPT and, when there is somebody to send to, `last`, the reply to which is given.
  func announce(
    _ transaction: inout SMTPTransaction, last: SMTPCommand?
  ) throws(SMTPError) -> SMTPReply? {
    var commands: [SMTPCommand] = state == .unfinished ? [.reset] : []
    let form = transaction.rendition.form
    let sender = commands.count
    commands.append(try .mail(from: transaction.envelope, form, capabilities))
    for recipient in transaction.recipients {
      commands.append(try .recipient(recipient, isInternational: form.isInternational, capabilities))
    }
    state = .unfinished
    var mail: SMTPReply?
    let lastReply = try exchange(commands, last: last) { (place, reply) in
      // Behind a refused sender every recipient is refused as well, for no fault of theirs.
      if place > sender, mail?.isPositive == true { transaction.takeReply(reply, forRecipient: place - sender - 1) }
      if place == sender { mail = reply }
      return (place != sender || reply.isPositive, !transaction.accepted.isEmpty)
    }
    if let mail, !mail.isPositive { transaction.settle(.refused(mail)) }
    return lastReply
  }

  /// The replies behind the message: one, and with LMTP one for each recipient that was taken. RFC 2033, section 4.2.
  func takeFinalReplies(_ transaction: inout SMTPTransaction) throws(SMTPError) {
    stream.ignoresInterrupts = true
    for place in 0..<(isLMTP ? transaction.accepted.count : 1) {
      let reply = try readReply(.message)
      transaction.reply = reply
      if place == 0 { messageCount += 1 }
      let verdict: SMTPOutcome.Verdict = reply.isPositive ? .accepted(reply) : .refused(reply)
      if isLMTP { transaction.settleAccepted(place, verdict) } else { transaction.settleAccepted(verdict) }
    }
    if state == .unfinished { state = .ready }
  }
}
