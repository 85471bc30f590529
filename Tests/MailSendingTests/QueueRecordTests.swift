import Testing

@testable import MailSending

@Suite struct QueueRecordTests {
  static func record() -> QueueRecord {
    var record = QueueRecord()
    record.id = "abcd1234"
    (record.created, record.notBefore) = (1_795_000_000, 1_795_000_060)
    record.envelope.sender = "ada@example.org"
    record.envelope.recipients = [
      Recipient("ben@example.com"), Recipient("+33612345678@SMS", kind: .sms), Recipient("cärl@example.com"),
    ]
    record.envelope.notify = ["success", "delay"]
    record.envelope.returns = "headers"
    record.envelope.envelopeID = "id 1"
    record.message.size = 4711
    record.message.edits = [.init(10..<20), .init(100..<100, [0, 10, 255])]
    record.message.messageID = "x@example.org"
    record.message.subject = "100 % of\nit \u{7F}end"
    record.aftermath.copy = .init(directory: "/home/ada/Mail dir/.Sent", fileName: "1.M2P3Q4.host,S=1,W=2:2,S")
    record.aftermath.replied = ["a@b", "c@d"]
    record.aftermath.forwarded = ["e@f"]
    record.aftermath.draft = "1.M5.host"
    record.place.identity = "ada@example.org"
    record.place.server = "my server"
    record.place.configuration = "/etc/some where"
    record.place.store = "/home/ada/Mail dir"
    return record
  }

  @Test func isReadBackAsItWasWritten() throws {
    let record = QueueRecordTests.record()
    let read = try #require(QueueLog.read(Array(record.text.utf8)))
    #expect(read.record == record)
    #expect(read.state == QueueState(record))
  }

  @Test func isNoRecordUntilItIsWhole() {
    let bytes = Array(QueueRecordTests.record().text.utf8)
    for length in 0..<(bytes.count - 4) { #expect(QueueLog.read(Array(bytes[..<length])) == nil) }
  }

  @Test func neverTrapsOnDamage() {
    var bytes = Array((QueueRecordTests.record().text + "giving 0-2\nresult 0-1 sent 250 2.0.0 mx ok\nheld 5\n").utf8)
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<1000 {
      let place = Int.random(in: bytes.indices, using: &generator)
      let old = bytes[place]
      bytes[place] = UInt8.random(in: 0...255, using: &generator)
      _ = QueueLog.read(bytes)
      bytes[place] = old
    }
  }
}

extension QueueState {
  static func after(_ events: [QueueEvent]) -> QueueState {
    var state = QueueState(QueueRecordTests.record())
    for event in events { state.apply(event) }
    return state
  }
}

@Suite struct QueueEventTests {
  static let events: [QueueEvent] = [
    .copied, .giving([0, 1, 2, 5]), .giving([3]), .attempted(at: 1, next: 2), .held(at: 3), .released(at: 4),
    .warned(at: 5),
    .reporting(key: "1.R2.host"), .reported([1, 3]),
    .result(
      [0, 2], DeliveryOutcome(.permanent, by: "mx.example.com", code: 550, status: "5.1.1", text: "no such user\n%")),
    .result([1], DeliveryOutcome(.temporary, text: "")),
  ]

  @Test(arguments: events) func isReadBackAsItWasWritten(_ event: QueueEvent) {
    #expect(event.line.hasSuffix("\n"))
    #expect(QueueEvent(parsing: event.line.dropLast()) == event)
  }

  @Test(arguments: [
    "", "result", "result 0", "result 0 sent", "attempted 1", "giving 5-1", "giving 0-99999999999", "what 1",
  ])
  func passesOverWhatIsNone(_ line: String) { #expect(QueueEvent(parsing: line[...]) == nil) }

  @Test func aLineLeftUnfinishedIsPassedOver() throws {
    let text = QueueRecordTests.record().text + "giving 0\nresult 0 se"
    let state = try #require(QueueLog.read(Array(text.utf8))).state
    #expect(state.doubtful == [0])
    let next = try #require(QueueLog.read(Array((text + "\nheld 7\n").utf8))).state
    #expect(next.isHeld && next.doubtful == [0])
  }
}

@Suite struct QueueStateTests {
  let sent = DeliveryOutcome(.sent, text: "ok")
  let later = DeliveryOutcome(.temporary, text: "later")
  let never = DeliveryOutcome(.permanent, text: "never")

  @Test func whoeverIsInDoubtIsNotTriedAgainUntilReleased() {
    #expect(QueueState.after([.giving([0, 1])]).pending == [2])
    #expect(QueueState.after([.giving([0, 1]), .result([0], sent)]).doubtful == [1])
    #expect(QueueState.after([.giving([0, 1]), .released(at: 9)]).pending == [0, 1, 2])
    #expect(QueueState.after([.giving([0, 1])]).summary(at: 0) == .doubtful)
  }

  @Test func recipientsAreSettledEachByItself() {
    let state = QueueState.after([
      .result([0], sent), .result([1], later), .result([2], never), .attempted(at: 5, next: 9),
    ])
    #expect(state.pending == [1] && state.unreported == [2] && state.hasLeft && !state.isSettled && state.due == 9)
    let done = QueueState.after([.result([0], sent), .result([1, 2], never), .reported([1, 2])])
    #expect(done.isSettled && done.unreported.isEmpty)
  }

  @Test func placesBeyondTheRecipientsAreIgnored() {
    #expect(QueueState.after([.giving([7]), .result([99], sent)]) == QueueState.after([]))
  }

  @Test func aScheduledMessageHasNotBeenTried() {
    #expect(QueueState.after([]).summary(at: 0) == .scheduled)
    #expect(QueueState.after([.attempted(at: 1, next: 100)]).summary(at: 0) == .waiting)
    #expect(QueueState.after([.held(at: 1)]).summary(at: 0) == .held)
  }
}
