internal import MailBytes
internal import MailConfiguration
internal import MailSystem

/// How much was sent lately: a file in the queue that all processes share, a line `seconds count` for each second in which
/// something went.
struct RateRecord {
  let path: String
  let rate: Configuration.Rate

  /// Counts `count` more at `time` (seconds since 1970). Gives the time at which that is possible where it is not yet, and
  /// then counts nothing.
  func take(_ count: Int, at time: Int64) throws(SystemError) -> Int64? {
    let lock = try FileLock(path, patience: 10_000_000_000)
    let file = lock.descriptor
    let text = string(try readBytes(file, at: 0, count: 1 << 20, path: path))
    var lines = text.split(separator: "\n").compactMap { line -> (time: Int64, count: Int)? in
      let words = line.split(separator: " ")
      guard words.count == 2, let time = Int64(words[0]), let count = Int(words[1]) else { return nil }
      return (time, count)
    }
    // A clock that was set back must not stop everything until then.
    lines.removeAll { $0.time <= time - Int64(rate.seconds) || $0.time > time + 60 }
    var sum = lines.reduce(0) { $0 + $1.count }
    if sum > 0, sum + count > rate.count {
      for line in lines {
        sum -= line.count
        if sum + count <= rate.count || sum == 0 { return line.time + Int64(rate.seconds) }
      }
    }
    if let last = lines.last, last.time == time {
      lines[lines.count - 1].count += count
    } else {
      lines.append((time, count))
    }
    let written = lines.map { "\($0.time) \($0.count)\n" }.joined()
    let target = try File(path, [.write])
    try target.truncate(to: 0)
    try target.write(Array(written.utf8))
    return nil
  }
}

extension Dispatcher {
  /// Throws `limited` where the message has to wait because enough was sent.
  func keepWithinRates(_ server: Configuration.Outgoing, recipients: Int) throws(ServerProblem) {
    let settings = outbox.configuration.send
    if let rate = server.limits.rate { try keep(rate, "server-\(server.name)", 1, "\(server.name): ") }
    if let rate = settings.rate { try keep(rate, "recipients", recipients, "") }
  }

  private func keep(_ rate: Configuration.Rate, _ name: String, _ count: Int, _ prefix: String) throws(ServerProblem) {
    let fileName = name.utf8.map { $0.isLetter || $0.isDigit || $0 == 0x2D ? String(UnicodeScalar($0)) : "=\($0)" }
      .joined()
    let time = now() / 1_000_000_000
    var until: Int64?
    do throws(SystemError) {
      let record = RateRecord(path: "\(outbox.queue.directory)/rate.\(fileName)", rate: rate)
      until = try record.take(count, at: time)
    } catch {
      throw .queue(.queue(error))
    }
    if let until { throw .limited(until: until, "\(prefix)no more than \(rate.count) in \(rate.seconds) s") }
  }
}
