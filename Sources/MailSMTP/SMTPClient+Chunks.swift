internal import MailTransport

/// A message handed over by BDAT.
extension SMTPClient {
  //     C: MAIL FROM:<ada@example.org>
  //     C: RCPT TO:<ben@example.com>
  //     C: BDAT 1234 LAST
  //     C: (1234 octets)
  /// RFC 3030, section 2.
  func sendByChunks(_ transaction: inout SMTPTransaction) throws(SMTPError) {
    let rendition = transaction.rendition
    // The message waits until its recipients are known: what goes along with the commands would be in doubt whenever the
    // connection breaks at one of them.
    _ = try announce(&transaction, last: nil)
    guard !transaction.accepted.isEmpty else { return }
    var unanswered = 0
    var isHandedOver = false
    do throws(SMTPError) {
      try rendition.write(doublesDots: false) { (piece, isLast) throws(SMTPError) in
        let command = try SMTPCommand.chunk(size: piece.count, isLast: isLast)
        if isLast { try handOver() }
        log?("C: \(command.logText)")
        try write((command.line + piece)[...], .content)
        isHandedOver = isLast
        if isLast { return }
        unanswered += 1
        // Replies are short: sixteen of them never fill a buffer.
        if capabilities.hasPipelining, unanswered < 16 { return }
        unanswered -= 1
        try requirePositive(try readReply(.content))
      }
      while unanswered > 0 {
        unanswered -= 1
        try requirePositive(try readReply(.content))
      }
    } catch {
      // Half a message: either the server has refused a chunk, or there is nothing more to say.
      throw end(isHandedOver ? error.afterHandover : error)
    }
    try finish(&transaction, with: try readReply(.message))
  }

  private func requirePositive(_ reply: SMTPReply) throws(SMTPError) {
    try requireKnown(reply)
    if !reply.isPositive { throw .refused(reply, .content) }
  }

  private func finish(_ transaction: inout SMTPTransaction, with reply: SMTPReply) throws(SMTPError) {
    try requireKnown(reply)
    guard !transaction.accepted.isEmpty else { return }
    transaction.reply = reply
    messageCount += 1
    transaction.settleAccepted(reply.isPositive ? .accepted(reply) : .refused(reply))
    // Behind a refused chunk the transaction stays open. RFC 3030, section 2.
    if state == .unfinished, reply.isPositive { state = .ready }
  }

  /// Whoever doesn't know BDAT, though CHUNKING was announced, takes the lines of the message for commands: not a word more.
  private func requireKnown(_ reply: SMTPReply) throws(SMTPError) {
    if reply.code == 500 || reply.code == 502 { throw end(.badReply(.unexpected(reply.code), .content)) }
  }
}
