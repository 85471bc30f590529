import MailMIME
import Testing

@testable import MailCompose

@Suite struct AddressTests {
  private func items(_ text: String) throws(ComposeError) -> [AddressItem] { try addressItems(text, field: "To") }

  @Test func listsAndGroupsOfContactsAreToldFromAddresses() throws {
    let text =
      "list:Team, a@x.example, list:\"A, B\" ; GROUP:Work,\"list:C D\", Friends: b@x.example, c@x.example;, d@[IPv6:::1]"
    #expect(
      try items(text) == [
        .contacts(ContactList(.list, "Team")), .entry(.mailbox(Address(address: "a@x.example"))),
        .contacts(ContactList(.list, "A, B")), .contacts(ContactList(.group, "Work")),
        .contacts(ContactList(.list, "C D")),
        .entry(.group(name: "Friends", members: [Address(address: "b@x.example"), Address(address: "c@x.example")])),
        .entry(.mailbox(Address(address: "d@[IPv6:::1]"))),
      ])
  }

  @Test func namesMayHaveWhatSeparatesAddresses() throws {
    #expect(
      try items("\"Doe, Jane (J.)\" <j@x.example>, Bob (a, b) <b@x.example>; +33612345678@SMS")
        == [
          .entry(.mailbox(Address(name: "Doe, Jane (J.)", address: "j@x.example"))),
          .entry(.mailbox(Address(name: "Bob", address: "b@x.example"))),
          .entry(.mailbox(Address(address: "+33612345678@SMS"))),
        ])
    #expect(try items("mailto:a@x.example").count == 1)
    #expect(try items(" , ;; ,").isEmpty)
  }

  @Test(arguments: [
    ("bob", "bob"), ("a@x.example, Bob Smith", "Bob Smith"), ("@x.example", "@x.example"), ("a@", "a@"),
    ("Bob <>", "Bob"),
    ("Bob <bob>", "bob"), ("a@b@c.example", "a@b@c.example"), ("a@x..example", "a@x..example"),
    ("a@.example", "a@.example"),
    ("a@x_y!.example", "a@x_y!.example"), ("Team: a@x.example, bad;", "bad"), ("list:", "list:"),
    ("group: \"\"", "group: \"\""),
    ("a@x.example b", "a@x.example"),
  ])
  func aBadAddressIsNamed(_ text: String, _ bad: String) {
    do throws(ComposeError) {
      let found = try items(text)
      #expect(text == "a@x.example b" && found.count == 1, "\(found)")
    } catch {
      guard case .badAddress(let field, let shown, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(field == "To" && shown == bad)
    }
  }

  @Test(arguments: [
    "a@x.example", "\"a b\"@x.example", "a@localhost", "ü@dömäin.example", "a+b=c@x.example", "a@[10.0.0.1]",
    "a.b.@x.example",
  ])
  func goodAddressesAreGood(_ address: String) { #expect(addressProblem(address) == nil) }

  @Test func textOfAddressesReadsBack() {
    let addresses = [
      Address(name: "Doe, \"J\" \\", address: "j@x.example"), Address(address: "b@x.example"),
      Address(name: "Zoë O'Neil-Ray", address: "z@x.example"), Address(name: "a (b) <c>: d;", address: "e@x.example"),
      Address(name: "名前", address: "n@x.example"),
    ]
    #expect(parseAddressList(addressText(addresses)).flatMap(\.addresses) == addresses)
    #expect(
      addressText([Address(name: "a\r\nBcc: x@y\u{202E}", address: "a@x.example")]) == "\"a  Bcc: x@y\" <a@x.example>")
  }

  @Test func caseAndDomainsDontTellAddressesApart() {
    #expect(addressKey("Ada@EXAMPLE.org") == addressKey("ada@example.ORG"))
    #expect(addressKey("a@dömäin.example") == addressKey("a@xn--dmin-moa0i.example"))
    #expect(withoutDetail("ada+a+b@x.example", delimiters: "+") == "ada@x.example")
    #expect(withoutDetail("+33@SMS", delimiters: "+") == "+33@SMS")
    #expect(withoutDetail("ada-a@x.example", delimiters: "-+") == "ada@x.example")
    #expect(withoutDetail("ada+a@x.example", delimiters: "") == "ada+a@x.example")
  }

  // MARK: URLs

  @Test func aURLGivesRecipientsSubjectAndText() throws {
    let url = try MailtoURL(
      "MAILTO:a@x.example,b%25c@x.example?To=d@x.example&cc=e@x.example&bcc=f@x.example&subject=caf%C3%A9%20%26&body=one%0D%0Atwo&BODY=three&in-reply-to=%3C1@x%3E#frag"
    )
    #expect(url.to == "a@x.example,b%c@x.example, d@x.example")
    #expect(url.cc == "e@x.example" && url.bcc == "f@x.example" && url.subject == "café &")
    #expect(url.body == "one\ntwo\nthree" && url.inReplyTo == "1@x" && url.refused.isEmpty)
    #expect(try MailtoURL("mailto:?subject=a+b").subject == "a+b")
    #expect(try MailtoURL("mailto:") == MailtoURL("mailto:?"))
  }

  @Test func aURLCantDoHarm() throws {
    let url = try MailtoURL(
      "mailto:a@x.example?subject=a%0D%0ABcc:%20x@y&attach=/etc/passwd&from=me@x&X-A%0d%0a=1&body=%1B%5B2J%00ok")
    #expect(url.subject == "a  Bcc: x@y" && url.bcc.isEmpty && url.body == "[2Jok")
    #expect(url.refused == ["attach", "from", "x-a"])
    for bad in ["http://x", "mailto", "mailto:%4", "mailto:%zz", "mailto:%FF", "mailto:?body=%"] {
      #expect(throws: ComposeError.self) { try MailtoURL(bad) }
    }
  }

  @Test func textOfAURLStaysText() throws {
    var composition = Composition()
    composition.format = .html
    composition.take(try MailtoURL("mailto:?body=%3Cimg%20src=/etc/x.png%3E"))
    #expect(composition.text == "&lt;img src=/etc/x.png&gt;\n")
    composition = Composition()
    composition.format = .markdown
    composition.take(try MailtoURL("mailto:?body=!%5Bx%5D(/etc/x.png)"))
    #expect(composition.text == "!\\[x](/etc/x.png)\n")
  }

  // MARK: Fields

  @Test func fieldsCantBeginOthers() throws {
    var composition = Composition()
    try composition.take(field: "X-A", "b\r\nBcc: c@x.example")
    try composition.take(field: "Subject", "s\nX-B: c")
    try composition.take(field: "To", "a@x.example\n")
    let message = try built(composition)
    #expect(
      message.headers.text("X-A") == "b  Bcc: c@x.example" && message.headers["Bcc"] == nil
        && message.headers["X-B"] == nil)
    for name in [
      "Content-Type", "MIME-Version", "received", "Postbag-Replied", "Date", "bad name", "", "a:b", "Resent-To",
    ] {
      #expect(throws: ComposeError.forbiddenField(name)) { try composition.take(field: name, "x") }
    }
  }
}
