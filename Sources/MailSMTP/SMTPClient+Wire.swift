internal import MailBytes
internal import MailTransport

/// Lines to the server and replies from it.
extension SMTPClient {
  /// Sends `command` and waits for the reply. A reply that ends the session (421) is given as every other.
  func command(_ command: SMTPCommand) throws(SMTPError) -> SMTPReply {
    try expectSilence()
    log?("C: \(command.logText)")
    try write(command.line[...], command.stage)
    return try readReply(command.stage)
  }

  /// Nothing may have come that was not asked for, but that the server ends the session: a server that answers twice, or
  /// somebody between, would have its answers taken for those to other commands.
  func expectSilence() throws(SMTPError) {
    if case .over(let error) = state { throw error }
    guard reader.buffered > 0 else { return }
    let reply = try readReply(.noop)
    if reply.endsSession { throw end(.refused(reply, .noop)) }
    throw end(.badReply(.unsolicited(reply.code), .noop))
  }

  /// Writes `bytes`. When the server has closed the connection what it said before is the reason.
  func write(_ bytes: ArraySlice<UInt8>, _ stage: SMTPStage) throws(SMTPError) {
    if case .over(let error) = state { throw error }
    let seconds = stage == .message ? timeouts.dataBlock : timeouts.reply(at: stage)
    stream.timeLimit = seconds * 1_000
    do throws(TransportError) {
      stream.deadline = Deadline(milliseconds: seconds * 1_000)
      defer { stream.deadline = nil }
      try stream.write(bytes)
    } catch {
      throw end(farewell(stage) ?? .transport(error, stage))
    }
  }

  /// What the server said before it closed the connection: a line such as `421 too many errors`, if there is one.
  private func farewell(_ stage: SMTPStage) -> SMTPError? {
    let deadline = Deadline(milliseconds: 1_000)
    // Whatever goes wrong here, the first error is the one to tell.
    guard let reply = try? parseReply(stage, deadline), !reply.isPositive, !reply.isIntermediate else { return nil }
    note(reply)
    return .refused(reply, stage)
  }

  /// Waits for a reply. After anything but a reply the session is over; after 421 it is, too.
  func readReply(_ stage: SMTPStage) throws(SMTPError) -> SMTPReply {
    if case .over(let error) = state { throw error }
    let reply: SMTPReply
    do throws(SMTPError) {
      reply = try parseReply(stage, Deadline(milliseconds: timeouts.reply(at: stage) * 1_000))
    } catch {
      throw end(error)
    }
    note(reply)
    if reply.endsSession, stage != .quit { _ = end(.refused(reply, stage)) }
    return reply
  }

  private func note(_ reply: SMTPReply) {
    guard let log else { return }
    for (number, line) in reply.lines.enumerated() {
      let sign = number == reply.lines.count - 1 ? " " : "-"
      log("S: \(reply.code)\(sign)\(reply.enhanced.map { "\($0) " } ?? "")\(clean(string(line.prefix(500))))")
    }
  }

  private func parseReply(_ stage: SMTPStage, _ deadline: Deadline) throws(SMTPError) -> SMTPReply {
    var parser = ReplyParser()
    stream.timeLimit = max(1, deadline.milliseconds)
    stream.deadline = deadline
    defer { stream.deadline = nil }
    while true {
      let line: [UInt8]
      do throws(TransportError) {
        guard let read = try reader.readLine() else { throw TransportError.closed }
        line = read
      } catch {
        if case .lineTooLong = error { throw .badReply(.lineTooLong, stage) }
        throw .transport(error, stage)
      }
      do throws(ReplyError) {
        if let reply = try parser.take(line[...]) { return reply }
      } catch {
        throw .badReply(error, stage)
      }
    }
  }

  /// The session is over because of `error`.
  func end(_ error: SMTPError) -> SMTPError {
    if case .over(let first) = state { return first }
    state = .over(error)
    stream.close()
    return error
  }

  /// The server said no to something without which the session is good for nothing. It is told goodbye.
  func refuse(_ reply: SMTPReply, _ stage: SMTPStage) -> SMTPError {
    if case .over(let first) = state { return first }
    _ = try? command(.quit)  // a courtesy
    return end(.refused(reply, stage))
  }
}
