import MailConfiguration
import MailSystem
import Testing

@testable import MailSending

/// A server that answers as it is told.
private final class Server: Transport {
  var answers: [String: DeliveryOutcome] = [:]
  var transactions: [[String]] = []
  var received: [[UInt8]] = []
  var isClosed = false
  var breaksAfter = Int.max
  var isUsable: Bool { transactions.count < breaksAfter }

  func deliver(
    _ content: MessageContent, _ record: QueueRecord, to places: [Int],
    beforeEnd: @escaping () throws(SendError) -> Void
  ) throws(ServerProblem) -> [DeliveryOutcome] {
    do throws(SendError) {
      received.append(try content.whole())
      try beforeEnd()
    } catch {
      throw .queue(error)
    }
    let addresses = places.map { record.envelope.recipients[$0].address }
    transactions.append(addresses)
    return addresses.map { answers[$0] ?? DeliveryOutcome(.sent, by: "test", code: 250, text: "ok") }
  }

  func close() { isClosed = true }
}

@Suite struct DispatcherTests {
  let folder: String
  let server = Configuration.Outgoing(host: "localhost", port: 25)
  private let transport = Server()

  init() throws {
    folder = "\(environment("TMPDIR") ?? "/tmp")/postbag-sending-\(processID())-\(UInt32.random(in: 0 ... .max))"
    try createDirectories(folder)
  }

  private func outbox(_ change: (inout Configuration) -> Void = { _ in }) throws -> Outbox {
    var configuration = Configuration()
    configuration.identities = [.init(address: "ada@example.org")]
    configuration.outgoing = [server]
    change(&configuration)
    return Outbox(queue: try Queue(directory: "\(folder)/queue"), configuration: configuration, store: nil)
  }

  private func dispatcher(_ outbox: Outbox) -> Dispatcher {
    let dispatcher = Dispatcher(outbox)
    dispatcher.connect = { [transport] (_) throws(ServerProblem) in transport }
    return dispatcher
  }

  private func accept(_ text: String, _ outbox: Outbox) throws -> QueueEntry {
    let path = "\(folder)/message"
    try replaceFile(path, with: Array(text.utf8))
    return try outbox.accept(SendRequest(), from: try File(path).release())
  }

  @Test func whatIsSentLeavesTheQueue() throws {
    let outbox = try outbox()
    let entry = try accept("To: b@example.com\nBcc: c@example.com\n\nText", outbox)
    #expect(try outbox.queue.ids() == [entry.id])
    let result = try outbox.send(entry, with: dispatcher(outbox))
    #expect(result.recipients.map(\.kind) == [.sent, .sent])
    #expect(try outbox.queue.ids().isEmpty)
    #expect(try directoryEntries("\(folder)/queue") == ["tmp"])
    let text = String(decoding: transport.received[0], as: UTF8.self)
    #expect(text.hasSuffix("\n\nText\n") && !text.split(separator: "\n").contains { $0.hasPrefix("Bcc") })
  }

  @Test func recipientsAreDividedByTheLimitOfTheServer() throws {
    let outbox = try outbox { $0.outgoing[0].limits.recipients = 2 }
    let entry = try accept("To: a@x.example, b@x.example, c@x.example\n\n", outbox)
    _ = try outbox.send(entry, with: dispatcher(outbox))
    #expect(transport.transactions == [["a@x.example", "b@x.example"], ["c@x.example"]])
  }

  @Test func whatIsRefusedByAllIsNotKept() throws {
    let outbox = try outbox()
    transport.answers["b@example.com"] = DeliveryOutcome(.permanent, code: 550, status: "5.1.1", text: "no")
    let result = try outbox.send(try accept("To: b@example.com\n\n", outbox), with: dispatcher(outbox))
    #expect(result.recipients[0].kind == .refused && !result.isQueued)
    #expect(try outbox.queue.ids().isEmpty)
  }

  @Test func onlyThoseWhoHaveNotGotItAreTriedAgain() throws {
    let outbox = try outbox()
    transport.answers["b@example.com"] = DeliveryOutcome(.temporary, code: 451, text: "later")
    let entry = try accept("To: a@example.com, b@example.com\n\n", outbox)
    let id = entry.id
    #expect(try outbox.send(entry, with: dispatcher(outbox)).isQueued)
    #expect(try outbox.list()[0].state.pending == [1])
    // The first process still has the entry.
    #expect(try outbox.queue.take(id).problem == .busy)
  }

  @Test func aServerThatIsNotThereIsAskedOnce() throws {
    let outbox = try outbox()
    let dispatcher = dispatcher(outbox)
    var attempts = 0
    dispatcher.connect = { (_) throws(ServerProblem) in
      attempts += 1
      throw .unreachable("gone")
    }
    for _ in 0..<3 { _ = try outbox.send(try accept("To: b@example.com\n\n", outbox), with: dispatcher) }
    #expect(attempts == 1)
    #expect(try outbox.queue.ids().count == 3)
  }

  @Test func rateIsKeptByAllProcesses() throws {
    let record = RateRecord(path: "\(folder)/rate", rate: .init(count: 3, seconds: 60))
    #expect(try record.take(2, at: 100) == nil)
    #expect(try record.take(2, at: 110) == 160)
    #expect(try record.take(1, at: 110) == nil)
    #expect(try record.take(1, at: 159) == 160)
    #expect(try record.take(2, at: 161) == nil)
    // More than the rate allows at all goes when nothing else did.
    #expect(try record.take(9, at: 1000) == nil)
  }

  @Test func wordsForTheShellAreQuoted() {
    #expect(
      commandWords("send -f %f -- %r %% %x", sender: "a'b@c", recipients: ["x;id@y", "$z@y"])
        == "send -f 'a'\\''b@c' -- 'x;id@y' '$z@y' % %x")
    #expect(commandWords("send -f %f", sender: "", recipients: []) == "send -f '<>'")
    // The shell of the other host reads the words again.
    #expect(
      commandWords("/usr/bin/ssh mx sendmail -- %r", sender: "", recipients: ["x;id@y"])
        == "/usr/bin/ssh mx sendmail -- ''\\''x;id@y'\\'''")
    #expect(commandWords("sshd-mail %r", sender: "", recipients: ["a@b"]) == "sshd-mail 'a@b'")
  }

  @Test func editsTakeThePlaceOfWhatIsInTheFile() throws {
    let path = "\(folder)/edits"
    try replaceFile(path, with: Array("0123456789".utf8))
    let file = try File(path)
    let content = MessageContent(
      descriptor: file.descriptor, path: path, size: 10,
      edits: [.init(8..<8, Array("<".utf8)), .init(2..<4), .init(4..<5, Array("four".utf8))])
    #expect(String(decoding: try content.whole(), as: UTF8.self) == "01four567<89")
    #expect(content.size == 12)
  }
}
