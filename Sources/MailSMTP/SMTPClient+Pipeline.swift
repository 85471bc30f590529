/// Several commands on their way at once. RFC 2920.
extension SMTPClient {
  /// Sends `commands`, and `last` behind them, as many at a time as the window allows, and gives each reply with the place
  /// of its command to `take`, which says whether to send more commands, and whether `last` is wanted. `last` goes along
  /// with the commands when all fit into one window; else it waits for their replies, and goes only when it is wanted. Its
  /// reply is returned; nil when it was not sent.
  func exchange(
    _ commands: [SMTPCommand], last: SMTPCommand?,
    _ take: (Int, SMTPReply) -> (goesOn: Bool, wantsLast: Bool)
  ) throws(SMTPError) -> SMTPReply? {
    try expectSilence()
    let most = capabilities.hasPipelining ? windowCommands : 1
    var (next, answered) = (0, 0)
    var (goesOn, wantsLast, lastWasSent) = (true, false, false)
    while answered < commands.count, goesOn {
      var bytes: [UInt8] = []
      while next < commands.count, next - answered < most {
        let line = commands[next].line
        guard bytes.isEmpty || bytes.count + line.count <= window else { break }
        log?("C: \(commands[next].logText)")
        bytes += line
        next += 1
      }
      if let last, next == commands.count, next - answered < most, bytes.count < window {
        log?("C: \(last.logText)")
        bytes += last.line
        lastWasSent = true
      }
      try write(bytes[...], .recipient)
      while answered < next {
        let decision = take(answered, try readReply(commands[answered].stage))
        goesOn = goesOn && decision.goesOn
        wantsLast = decision.wantsLast
        answered += 1
      }
    }
    guard let last else { return nil }
    if !lastWasSent {
      guard goesOn, wantsLast else { return nil }
      log?("C: \(last.logText)")
      try write(last.line[...], last.stage)
    }
    return try readReply(last.stage)
  }
}
