import MailConfiguration
import MailMIME
import Testing

@testable import MailSending

@Suite struct HeadEditorTests {
  static var origin: Origin {
    var origin = Origin()
    origin.identities = [
      .init(name: "Ada Example", address: "ada@example.org", aliases: ["a@example.org"]),
      .init(address: "ada@example.net"),
    ]
    (origin.host, origin.user, origin.now) = ("host.example.org", "ada", 1_795_000_000)
    return origin
  }

  func edit(
    _ head: String, body: String = "", origin: Origin = HeadEditorTests.origin,
    _ change: (inout SendRequest) -> Void = { _ in }
  ) throws(SendError) -> EditedHead {
    var request = SendRequest()
    change(&request)
    let editor = HeadEditor(request, origin: origin) { (kind, name) throws(SendError) in
      guard name == "team" || name == "A B" else { throw .badAddress(name, reason: "no such \(kind)") }
      return [Address(name: "Ben", address: "ben@example.com"), Address(address: "carl@example.com")]
    }
    return try editor.edit(Array(head.utf8), body: Array(body.utf8)[...])
  }

  /// What is sent of the header.
  func sent(_ head: EditedHead) -> String {
    var bytes = head.bytes
    for range in head.omitted.reversed() { bytes.removeSubrange(range) }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func whatIsMissingIsAdded() throws {
    let text = sent(try edit("To: ben@example.com\n\n"))
    #expect(text.hasPrefix("To: ben@example.com\nFrom: Ada Example <ada@example.org>\nDate: "))
    #expect(text.hasSuffix("@example.org>\n\n"))
  }

  @Test func blindRecipientsGetItAndAreNotSent() throws {
    let head = try edit("Bcc: dora@example.com,\n eve@example.com\nTo: ben@example.com\nBCC : fred@example.com\n\n")
    #expect(
      head.recipients.map(\.address) == ["ben@example.com", "dora@example.com", "eve@example.com", "fred@example.com"])
    #expect(!sent(head).lowercased().contains { $0 == "ß" } && !sent(head).lowercased().hasPrefix("bcc"))
    for word in ["dora", "eve@", "fred", "bcc"] {
      #expect(
        !sent(head).lowercased().split(separator: "\n").contains { $0.hasPrefix(word) || $0.hasPrefix(" \(word)") })
    }
    #expect(head.bytes.count > sent(head).utf8.count)
  }

  @Test(arguments: ["Postbag-Draft", "POSTBAG-IDENTITY", "postbag-later-version", "Return-Path", "Content-Length"])
  func fieldsThatAreNotForOthersGo(_ name: String) throws {
    let head = try edit("To: ben@example.com\n\(name): <x@y>\n folded\nSubject: s\n\n")
    #expect(
      !String(decoding: head.bytes, as: UTF8.self).lowercased().split(separator: "\n").contains {
        $0.hasPrefix(name.lowercased()) || $0 == " folded"
      })
  }

  @Test func ourFieldsSayWhatIsToBeDone() throws {
    let head = try edit(
      "To: b@example.com\nPostbag-Replied: <a@b>\nPostbag-Replied: <c@d>\nPostbag-Forwarded: <e@f>\nPostbag-Draft: 1.x\nPostbag-Identity: ada@example.net\n\n"
    )
    #expect(head.replied == ["a@b", "c@d"] && head.forwarded == ["e@f"] && head.draft == "1.x")
    #expect(head.identity?.address == "ada@example.net")
  }

  @Test func theIdentityIsThatOfTheAuthor() throws {
    #expect(try edit("From: A <A@EXAMPLE.org>\nTo: b@example.com\n\n").identity?.address == "ada@example.org")
    #expect(try edit("From: ada@example.net\nTo: b@example.com\n\n").sender == "ada@example.net")
    let foreign = try edit("From: eve@example.com\nTo: b@example.com\n\n")
    #expect(foreign.sender == "ada@example.org" && foreign.notices.count == 1)
    #expect(sent(foreign).split(separator: "\n").contains("Sender: Ada Example <ada@example.org>"))
  }

  @Test func withoutIdentitiesTheHeaderAndTheAccountCount() throws {
    var origin = Origin()
    (origin.host, origin.user) = ("host.example.org", "ada")
    let head = try edit("To: root\n\n", origin: origin)
    #expect(head.sender == "ada@host.example.org" && head.recipients.map(\.address) == ["root@host.example.org"])
    #expect(try edit("From: x@y.example\nTo: b@example.com\n\n", origin: origin).sender == "x@y.example")
  }

  @Test func listsStandForTheirMembers() throws {
    let blind = try edit("Subject: s\n\n") { $0.recipients = ["list:team"] }
    #expect(blind.recipients.map(\.address) == ["ben@example.com", "carl@example.com"] && blind.notices.isEmpty)
    #expect(sent(blind).split(separator: "\n").contains("To: undisclosed-recipients:;"))
    let visible = try edit("To: list:\"A B\", dora@example.com\n\n")
    #expect(visible.recipients.count == 3 && visible.notices.count == 1)
    #expect(sent(visible).hasPrefix("To: Ben <ben@example.com>, carl@example.com, dora@example.com\n"))
    #expect(throws: SendError.self) { try edit("To: group:nobody\n\n") }
  }

  @Test(arguments: ["list:A B", "\"list:A B\"", "group:\"A B\"", "LIST:team"])
  func tokensAreKnownInEveryForm(_ word: String) throws {
    #expect(try edit("\n") { $0.recipients = [word] }.recipients.count == 2)
  }

  @Test(arguments: [
    "ben@", "@example.com", "a b@example.com", "x;y@example.com", "b@exa mple.com", "b@example..com", "b@-_!",
    "a\u{1}@example.com",
  ])
  func badAddressesAreErrors(_ address: String) {
    #expect(throws: SendError.self) { try edit("\n") { $0.recipients = [address] } }
  }

  @Test func nobodyIsAnError() {
    #expect(throws: SendError.noRecipients) { try edit("Subject: x\n\n") }
    #expect(throws: SendError.noRecipients) { try edit("To: undisclosed-recipients:;\n\n") }
  }

  @Test func sentOnMessagesGoToResentRecipientsAlone() throws {
    let head = try edit("Resent-To: ben@example.com\nFrom: eve@example.com\nTo: x@example.com\nMessage-ID: <m@x>\n\n")
    #expect(head.recipients.map(\.address) == ["ben@example.com"])
    #expect(head.sender == "ada@example.org")
    let text = sent(head)
    #expect(text.hasPrefix("Resent-Message-ID: <"))
    #expect(text.split(separator: "\n").contains("Message-ID: <m@x>"))
    #expect(text.split(separator: "\n").contains("Resent-From: Ada Example <ada@example.org>"))
  }

  @Test func theSameAddressGetsItOnce() throws {
    let head = try edit("To: ben@example.com, Ben <ben@EXAMPLE.com>\nCc: Ben@example.com\n\n")
    #expect(head.recipients.map(\.address) == ["ben@example.com", "Ben@example.com"])
  }

  @Test func telephonesAreKnownByTheirDomain() throws {
    let head = try edit("To: +33612345678@sms, +33123456789@FAX, ben@example.com\n\n")
    #expect(head.recipients.map(\.kind) == [.sms, .fax, .mail])
  }

  @Test func crlfStays() throws {
    let head = try edit("To: ben@example.com\r\n\r\n")
    #expect(!zip(head.bytes, [0] + head.bytes).contains { $0 == 10 && $1 != 13 })
  }

  @Test func damagedHeadersNeverTrap() {
    let source = Array(
      "From: A <a@example.org>\nTo: list:team, \"x\" <y@z>, g: a@b;\nBcc: c@d\nResent-To: e@f\n\n".utf8)
    for length in 0...source.count { _ = try? edit(String(decoding: source[..<length], as: UTF8.self)) }
    for _ in 0..<1000 {
      var bytes = source
      bytes[Int.random(in: bytes.indices)] = UInt8.random(in: 0...255)
      let editor = HeadEditor(SendRequest(), origin: HeadEditorTests.origin)
      _ = try? editor.edit(bytes)
    }
  }
}
