internal import MailBytes
internal import MailConfiguration
internal import MailSystem

/// A program that takes messages on its standard input, such as another sendmail, perhaps on another host.
final class CommandTransport: Transport {
  private let server: Configuration.Outgoing
  private let queue: Queue

  init(_ server: Configuration.Outgoing, queue: Queue) {
    self.server = server
    self.queue = queue
  }

  var isUsable: Bool { true }

  func close() {}

  func deliver(
    _ content: MessageContent, _ record: QueueRecord, to places: [Int],
    beforeEnd: @escaping () throws(SendError) -> Void
  ) throws(ServerProblem) -> [DeliveryOutcome] {
    let recipients = places.map { record.envelope.recipients[$0].address }
    // A program would take them for options, whatever the quotes.
    let isOption = recipients.map { $0.hasPrefix("-") }
    let option = DeliveryOutcome(
      .permanent, by: server.name, status: "5.1.3", text: "an address that begins with a hyphen is given to no program")
    let named = zip(recipients, isOption).filter { !$1 }.map { $0.0 }
    guard !named.isEmpty else { return places.map { _ in option } }
    let words = commandWords(server.command ?? "", sender: record.envelope.sender, recipients: named)
    let end: Program.End?
    do throws(SendError) {
      let file = try whole(content, record.id)
      try beforeEnd()
      end = try run(words, file.descriptor)
    } catch {
      throw .queue(error)
    }
    let outcome =
      end.map { CommandTransport.outcome($0, name: server.name) }
      ?? DeliveryOutcome(
        .temporary, by: server.name, status: "4.3.0",
        text: "the program did not end within \(server.limits.replyTimeout) seconds")
    return isOption.map { $0 ? option : outcome }
  }

  /// How the program ended; nil when it had to be ended because it took too long.
  private func run(_ words: String, _ input: Int32) throws(SendError) -> Program.End? {
    let limit = server.limits.replyTimeout * 1_000
    return try queued { () throws(SystemError) in
      let program = try RunningProgram(
        Program("/bin/sh", ["-c", words]), input: .descriptor(input), output: .discarded)
      let end = try program.wait(milliseconds: limit)
      if end == nil { program.end() }
      return end
    }
  }

  /// The message in a file without a name, as it is to be sent.
  private func whole(_ content: MessageContent, _ id: String) throws(SendError) -> File {
    let path = "\(queue.directory)/tmp/\(id).out"
    let file = try queued { () throws(SystemError) in
      let file = try File(path, [.readWrite, .create, .truncate])
      try removeFile(path)
      return file
    }
    let descriptor = file.descriptor
    try content.forEachPiece { (piece) throws(SendError) in
      try queued { () throws(SystemError) in try writeAll(piece, to: descriptor, path: path) }
    }
    try queued { () throws(SystemError) in try file.seek(to: 0) }
    return file
  }

  /// What an exit code of sendmail and its like means. sysexits(3).
  static func outcome(_ end: Program.End, name: String) -> DeliveryOutcome {
    let code = end.code
    let text = "the program ended with \(code)"
    switch end {
    case .exited(0): return DeliveryOutcome(.sent, by: name, status: "2.0.0", text: "taken by the program")
    case .exited(67): return DeliveryOutcome(.permanent, by: name, status: "5.1.1", text: "\(text): no such user")
    case .exited(64), .exited(65), .exited(66), .exited(68), .exited(69), .exited(76), .exited(77):
      return DeliveryOutcome(.permanent, by: name, status: "5.3.0", text: text)
    default: return DeliveryOutcome(.temporary, by: name, status: "4.3.0", text: text)
    }
  }
}

/// `command` with `%f` replaced by the sender and `%r` by the recipients, quoted for the shell, and a second time for the
/// shell of the other host where ssh is run, which joins its arguments to one line again; `%%` is a percent sign.
func commandWords(_ command: String, sender: String, recipients: [String]) -> String {
  let isRemote = command.split(whereSeparator: { " \t\n;&|(".contains($0) }).contains { word in
    word == "ssh" || word.hasSuffix("/ssh")
  }
  func quoted(_ word: String) -> String { isRemote ? shellQuoted(shellQuoted(word)) : shellQuoted(word) }
  var output = ""
  var rest = command[...]
  while let percent = rest.firstIndex(of: "%") {
    output += rest[..<percent]
    rest = rest[rest.index(after: percent)...]
    switch rest.popFirst() {
    case "f": output += quoted(sender.isEmpty ? "<>" : sender)
    case "r": output += recipients.map(quoted).joined(separator: " ")
    case "%": output += "%"
    case let other?: output += "%\(other)"
    case nil: output += "%"
    }
  }
  return output + rest
}

/// `word` as one word of the shell, whatever characters it has.
private func shellQuoted(_ word: String) -> String {
  "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
