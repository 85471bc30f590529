internal import MailBytes
internal import MailSystem

/// SMTP on standard input and output, as programs that run `sendmail -bs` speak it: the server's side, for messages of the
/// user who runs it. RFC 5321.
public struct SubmissionSession {
  private let outbox: Outbox
  private let template: SendRequest
  private let output: Int32
  private var lines: SessionLines
  private var sender: String?
  private var recipients: [String] = []

  /// What becomes of a message that was accepted.
  public typealias Handler = (QueueEntry) throws -> SendResult

  /// A session that reads from `input` and answers to `output`; what the client doesn't say of a message is as in `template`.
  public init(_ outbox: Outbox, template: SendRequest, input: Int32, output: Int32) {
    self.outbox = outbox
    self.template = template
    self.output = output
    lines = SessionLines(input)
  }

  /// Answers until the client says goodbye, or nothing more comes.
  public mutating func run(_ send: Handler) throws {
    try say("220 \(hostName()) ESMTP Postbag")
    while let line = try lines.next() {
      guard line.count <= 2000, isASCII(line.span) || isValidUTF8(line.span) else {
        try say("500 5.5.2 the line is too long, or no text")
        continue
      }
      let text = string(line)
      let verb = text.prefix { $0 != " " && $0 != ":" }.uppercased()
      switch verb {
      case "EHLO":
        try say(["250-\(hostName())", "250-PIPELINING", "250-8BITMIME", "250-SMTPUTF8", "250 ENHANCEDSTATUSCODES"])
      case "HELO": try say("250 \(hostName())")
      case "MAIL": try takeSender(text)
      case "RCPT": try takeRecipient(text)
      case "DATA": try takeMessage(send)
      case "RSET":
        forget()
        try say("250 2.0.0 forgotten")
      case "NOOP": try say("250 2.0.0 yes")
      case "VRFY": try say("252 2.5.0 try it")
      case "QUIT": return try say("221 2.0.0 goodbye")
      default: try say("500 5.5.1 unknown command")
      }
    }
  }

  private mutating func forget() { (sender, recipients) = (nil, []) }

  private mutating func takeSender(_ text: String) throws {
    guard sender == nil else { return try say("503 5.5.1 the sender is known already") }
    guard let path = path(text, after: "FROM:") else { return try say("501 5.5.4 MAIL FROM:<address> is wanted") }
    sender = path
    try say("250 2.1.0 ok")
  }

  private mutating func takeRecipient(_ text: String) throws {
    guard sender != nil else { return try say("503 5.5.1 MAIL comes first") }
    guard let path = path(text, after: "TO:"), !path.isEmpty else {
      return try say("501 5.5.4 RCPT TO:<address> is wanted")
    }
    do throws(SendError) {
      _ = try checkedRecipient(Origin(outbox.configuration).qualified(path))
    } catch {
      return try say("553 5.1.3 \(clean(error.description))")
    }
    recipients.append(path)
    try say("250 2.1.5 ok")
  }

  /// What stands between the angle brackets; parameters behind them are passed over.
  private func path(_ text: String, after word: String) -> String? {
    guard let colon = text.firstIndex(of: ":"), text[..<colon].uppercased().hasSuffix(word.dropLast()) else {
      return nil
    }
    let rest = text[text.index(after: colon)...].drop { $0 == " " }
    guard rest.first == "<", let end = rest.lastIndex(of: ">") else { return nil }
    let path = rest[rest.index(after: rest.startIndex)..<end]
    return path.utf8.contains(0x3E) || path.utf8.contains(0x3C) ? nil : String(path)
  }

  private mutating func takeMessage(_ send: Handler) throws {
    guard !recipients.isEmpty else { return try say("554 5.5.1 there are no recipients") }
    try say("354 the message, and a dot alone")
    let path = "\(outbox.queue.directory)/tmp/session.\(processID())"
    let file = try File(path, [.readWrite, .create, .truncate])
    try removeFile(path)
    guard try lines.copyMessage(to: file.descriptor) else { return }
    try file.seek(to: 0)
    var request = template
    request.sender = sender
    request.recipients = recipients
    forget()
    do {
      let result = try send(try outbox.accept(request, from: file.descriptor))
      try say(answer(result))
    } catch let error as SendError {
      switch error {
      case .badMessage, .badAddress, .noRecipients, .tooLarge, .tooManyRecipients:
        try say("554 5.6.0 \(clean(error.description))")
      default: try say("451 4.3.0 \(clean(error.description))")
      }
    }
  }

  private func answer(_ result: SendResult) -> String {
    if result.has(.sent) || result.isQueued { return "250 2.0.0 taken as \(result.id)" }
    let said = result.recipients.first?.outcome?.description ?? result.problem?.description ?? "not sent"
    return result.has(.refused) ? "554 5.0.0 \(clean(said))" : "451 4.0.0 \(clean(said))"
  }

  private func say(_ line: String) throws { try say([line]) }

  private func say(_ lines: [String]) throws {
    try writeAll(lines.map { $0 + "\r\n" }.joined(), to: output)
  }
}

/// Lines from a descriptor.
private struct SessionLines {
  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 64 << 10)
  private var held: [UInt8] = []
  private var start = 0

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// The next line without its end, cut at a mebibyte; nil at the end.
  mutating func next() throws -> [UInt8]? {
    while true {
      if let newline = held[start...].firstIndex(of: 10) {
        var line = Array(held[start..<newline])
        start = newline + 1
        if line.last == 13 { line.removeLast() }
        return line
      }
      if held.count - start > 1 << 20 {
        defer { start = held.count }
        return Array(held[start...])
      }
      guard try fill() else { return nil }
    }
  }

  private mutating func fill() throws -> Bool {
    held.removeSubrange(..<start)
    start = 0
    let count = try readSome(descriptor, into: &buffer)
    held += buffer[..<count]
    return count > 0
  }

  /// Writes a message up to the line of a single dot, without the dots that were doubled; false when it never ended.
  mutating func copyMessage(to file: Int32) throws -> Bool {
    var output: [UInt8] = []
    while let line = try next() {
      if line == [0x2E] {
        try writeAll(output, to: file)
        return true
      }
      output += line.first == 0x2E ? line[1...] : line[...]
      output.append(10)
      if output.count > 1 << 18 {
        try writeAll(output, to: file)
        output = []
      }
    }
    return false
  }
}
