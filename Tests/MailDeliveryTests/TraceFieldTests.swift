import MailMIME
import Testing

@testable import MailDelivery

private func edited(_ text: String, sender: String? = nil, recipient: String? = nil) -> String {
  let block = HeaderBlock(Array(text.utf8))
  let trace = TraceFields(editing: block, sender: sender, recipient: recipient)
  return String(decoding: trace.head + block.bytes[block.end...], as: UTF8.self)
}

@Suite struct TraceFieldTests {
  @Test func withoutAnythingToSayTheMessageStaysAsItIs() {
    for text in ["Subject: x\n\nbody\n", "Subject: x\r\n\r\nbody", "", "\n", "\nbody", "no header\nat all\n"] {
      #expect(edited(text) == text)
    }
  }

  @Test func theSenderReplacesEveryReturnPath() {
    let text = "Received: a\nReturn-Path: <old@example.org>\nSubject: x\nRETURN-PATH:\n <b@example.org>\n\nbody\n"
    #expect(
      edited(text, sender: "new@example.org")
        == "Return-Path: <new@example.org>\nReceived: a\nSubject: x\n\nbody\n")
  }

  @Test(arguments: [("", "<>"), ("<>", "<>"), ("<a@example.org>", "<a@example.org>"), (" a@b ", "<a@b>")])
  func theSenderIsWrittenInAngleBracketsOnce(sender: String, written: String) {
    #expect(edited("A: b\n\n", sender: sender) == "Return-Path: \(written)\nA: b\n\n")
  }

  @Test func nothingGivenCanBeginAnotherField() {
    #expect(edited("A: b\n\n", sender: "x\nBcc: y") == "Return-Path: <xBcc: y>\nA: b\n\n")
    #expect(edited("A: b\n\n", recipient: "x\r\nBcc: y") == "Delivered-To: xBcc: y\nA: b\n\n")
  }

  @Test func theMboxLineGoesAndItsSenderStays() {
    #expect(edited("From a@example.org Mon Mar  4\nA: b\n\n") == "Return-Path: <a@example.org>\nA: b\n\n")
    #expect(edited("From MAILER-DAEMON Mon Mar  4\nA: b\n\n") == "Return-Path: <>\nA: b\n\n")
    #expect(edited("From a@example.org x\nA: b\n\n", sender: "c@d") == "Return-Path: <c@d>\nA: b\n\n")
    let known = "Return-Path: <c@d>\nA: b\n\n"
    #expect(edited("From a@example.org x\n" + known) == known)
    #expect(edited("From: a@example.org\n\n") == "From: a@example.org\n\n")
  }

  @Test func deliveredToIsAddedWhenTheTopmostDiffers() {
    let text = "Delivered-To: ben@example.com\nA: b\n\n"
    #expect(edited(text, recipient: "ben@example.com") == text)
    #expect(edited(text, recipient: "Ben@Example.com") == text)
    #expect(edited(text, recipient: "ada@example.org") == "Delivered-To: ada@example.org\n" + text)
    #expect(edited(text) == text)
  }

  @Test func returnPathStaysAboveDeliveredTo() {
    #expect(
      edited("Return-Path: <a@b>\nA: b\n\n", recipient: "c@d") == "Return-Path: <a@b>\nDelivered-To: c@d\nA: b\n\n")
    #expect(
      edited("A: b\n\n", sender: "a@b", recipient: "c@d") == "Return-Path: <a@b>\nDelivered-To: c@d\nA: b\n\n")
  }

  @Test func fieldsAreWrittenWithTheMessagesLineEndings() {
    #expect(
      edited("A: b\r\n\r\n", sender: "a@b", recipient: "c") == "Return-Path: <a@b>\r\nDelivered-To: c\r\nA: b\r\n\r\n")
  }

  @Test func aMessageWithoutAHeaderGetsOne() {
    #expect(edited("just text\nmore\n", sender: "a@b") == "Return-Path: <a@b>\n\njust text\nmore\n")
    #expect(edited("\njust text\n", sender: "a@b") == "Return-Path: <a@b>\n\njust text\n")
    #expect(edited("", sender: "a@b") == "Return-Path: <a@b>\n")
  }

  @Test func aMessageThatComesByAgainIsLooping() {
    func loops(_ text: String) -> Bool {
      TraceFields(editing: HeaderBlock(Array(text.utf8)), sender: nil, recipient: "a@b").isLooping
    }
    #expect(loops("Delivered-To: c@d\nDelivered-To: A@b\n\n"))
    #expect(!loops("Delivered-To: a@b\nDelivered-To: c@d\n\n"))
    #expect(!loops("Delivered-To: c@d\n\nDelivered-To: a@b\n"))
  }

  @Test func anyBytesCanBeEdited() {
    let text = "From x\nReturn-Path: <a@b>\nA: b\n c\n\tD: e\nDelivered-To : f\r\n\r\nbody\u{0}\u{ff}\n"
    let bytes = Array(text.utf8)
    for length in 0...bytes.count {
      let block = HeaderBlock(Array(bytes[..<length]))
      let head = TraceFields(editing: block, sender: "s@t", recipient: "u").head
      #expect(head.count >= block.end - block.mboxLine.count - 24)
    }
    for seed in 0..<1000 {
      var changed = bytes
      changed[seed % bytes.count] = UInt8(truncatingIfNeeded: seed &* 101)
      _ = TraceFields(editing: HeaderBlock(changed), sender: "s@t", recipient: "u").head
    }
  }

  @Test(arguments: [
    ("ada+lists@example.org", "+", "lists"), ("ada+a+b@example.org", "+", "a+b"), ("ada-x", "+-", "x"),
  ])
  func theDetailIsWhatFollowsTheDelimiter(address: String, delimiter: String, detail: String) {
    #expect(addressDetail(address, delimiter: delimiter) == detail)
  }

  @Test(arguments: ["ada@example.org", "ada+@example.org", "+x@example.org", "", "ada@ex+ample.org"])
  func anAddressMayHaveNoDetail(address: String) {
    #expect(addressDetail(address, delimiter: "+") == nil)
  }
}
