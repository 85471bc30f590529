import MailBytes
import MailConfiguration
import MailGateways
import MailMIME
import MailSystem
import Testing

@Suite struct CommandTests {
  private let text = message(
    "From: Ada <ada@example.org>\nSubject: $(id) `id` x\nMessage-ID: <one@example.org>\n\nHello, “you”.\n")

  private func run(_ command: String, timeout: Int = 10) throws -> String {
    let gateway = try smsGateway {
      $0.command = command
      $0.from = "+3221234567"
      $0.timeout = timeout
    }
    let number = try gateway.number("+32475123456@SMS")
    return try gateway.run(try gateway.content(of: text, to: number), to: number, of: text)
  }

  @Test func `the command gets the number, the text and what is known`() throws {
    #expect(try run("printf '%s;' ") == "+32475123456;")
    #expect(try run("cat; :") == "Hello, \"you\".")
    let names = ["NUMBER", "FROM", "SENDER", "SUBJECT", "MESSAGE_ID", "PARTS", "ALPHABET"]
    let words = names.map { "\"$POSTBAG_\($0)\"" }.joined(separator: " ")
    #expect(
      try run("printf '%s;' \(words); :")
        == "+32475123456;+3221234567;ada@example.org;$(id) `id` x;one@example.org;1;gsm;")
  }

  @Test(arguments: [
    ("exit 0; :", GatewayError?.none), ("echo no; exit 67; :", .refused(code: 67, text: "no")),
    ("exit 75; :", .failed(code: 75, text: "")), ("exit 1; :", .failed(code: 1, text: "")),
    ("kill -9 $$; :", .failed(code: 137, text: "")), ("postbag-no-such-command", .failed(code: 127, text: "")),
    ("printf '\\033[2Jx\\ny'; exit 64; :", .refused(code: 64, text: "[2Jx")),
  ]) func `exit codes say what became of it`(_ command: String, _ expected: GatewayError?) throws {
    var found: GatewayError?
    do { _ = try run(command) } catch let error as GatewayError { found = error }
    #expect(found == expected)
  }

  @Test func `what takes too long is stopped and not tried again`() throws {
    let clock = ContinuousClock()
    let time = clock.measure {
      #expect(throws: GatewayError.timedOut(seconds: 1)) { try run("exec sleep 30; :", timeout: 1) }
    }
    #expect(time < .seconds(5))
    #expect(!GatewayError.timedOut(seconds: 1).isTemporary)
  }

  @Test func `a command that reads nothing is no error`() throws {
    #expect(try run("exec 0<&-; echo done; :") == "done")
  }

  @Test func `without a gateway nothing goes`() {
    #expect(throws: GatewayError.notConfigured(.sms)) { try Gateway(.sms, Configuration()) }
    #expect(throws: GatewayError.notConfigured(.fax)) { try Gateway(.fax, Configuration()) }
  }
}

@Suite struct MailGatewayTests {
  @Test func `a gateway that is an address gets the text alone`() throws {
    let gateway = try smsGateway {
      $0.command = nil
      $0.address = "%n@sms.example.org"
    }
    #expect(!gateway.isCommand)
    let original = message(
      "From: Ada <ada@example.org>\nTo: a@example.org\nBcc: secret@example.org\nSubject: x\n\nCafé.\n-- \nAda\n")
    let number = try gateway.number("+32475123456@SMS")
    let bytes = try gateway.mail(
      try gateway.content(of: original, to: number), to: number, of: original, date: MailDate(seconds: 0),
      messageID: "new@example.org")
    let mail = Message(parsing: bytes)
    #expect(mail.headers.addresses("To").map(\.address) == ["32475123456@sms.example.org"])
    #expect(mail.headers.addresses("From").map(\.address) == ["ada@example.org"])
    #expect(mail.headers["Bcc"] == nil && mail.headers["Subject"] == nil)
    #expect(mail.headers.messageIDs("Message-ID") == ["new@example.org"])
    #expect(mail.root.contentType.mediaType == "text/plain")
    #expect(mail.root.text() == "Café.\n")
  }
}

@Suite(.enabled(if: Program.find("weasyprint") != nil)) struct FaxTests {
  private let fax = """
    From: Ada <ada@example.org>
    To: +3221234567@fax
    Subject: Plan
    Content-Type: multipart/mixed; boundary=m

    --m
    Content-Type: text/plain; charset=utf-8

    See <b> below.

    -- 
    Ada
    --m
    Content-Type: application/pdf; name="../evil $(id).pdf"
    Content-Disposition: attachment
    Content-Transfer-Encoding: base64

    JVBERi0xLjQKJSVFT0YK
    --m
    Content-Type: image/png
    Content-Disposition: attachment; filename=dot.png
    Content-Transfer-Encoding: base64

    iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
    --m
    Content-Type: application/x-odd
    Content-Disposition: attachment; filename=odd.xyz

    odd
    --m--

    """

  private func gateway(_ converter: String?) throws -> Gateway {
    var configuration = Configuration()
    var own = Configuration.Gateway()
    own.command = "for file in \"$@\"; do head -c 5 \"$file\"; done; printf ' %s' \"$@\" #"
    own.from = "Fax +3229876543"
    own.converter = converter
    configuration.faxGateway = own
    return try Gateway(.fax, configuration)
  }

  @Test func `cover and attachments are PDFs in order, named without surprise`() throws {
    let gateway = try gateway("test \"$POSTBAG_TYPE\" = application/x-odd && printf '%%PDF-odd '; cat")
    let number = try gateway.number("+3221234567@fax")
    let content = try gateway.content(of: message(fax), to: number)
    guard case .fax(let document) = content else { return }
    #expect(document.sheets.map(\.name) == ["cover.pdf", "_evil___id_.pdf", "dot.png.pdf", "odd.xyz.pdf"])
    #expect(document.sheets.allSatisfy { $0.bytes.starts(with: "%PDF-".utf8) })
    #expect(string(document.sheets[1].bytes) == "%PDF-1.4\n%%EOF\n")
    #expect(string(document.sheets[3].bytes) == "%PDF-odd odd")
    #expect(content.summary == "4 documents")
    let said = try gateway.run(content, to: number, of: message(fax))
    #expect(said.isEmpty || said.hasPrefix("%PDF-"))
  }

  @Test func `what can't be printed is named`() throws {
    let number = try TelephoneNumber("+3221234567")
    func reason(_ converter: String?) throws -> String {
      do {
        _ = try gateway(converter).content(of: message(fax), to: number)
        return ""
      } catch let error as GatewayError { return error.description }
    }
    #expect(try reason(nil) == "odd.xyz: can't be sent as fax: no converter is configured for application/x-odd")
    #expect(try reason("exit 3; :") == "odd.xyz: can't be sent as fax: the converter ended with 3")
    #expect(try reason("cat") == "odd.xyz: can't be sent as fax: what the converter printed is no PDF")
  }

  @Test func `files are given to the command and are gone afterwards`() throws {
    var configuration = Configuration()
    var own = Configuration.Gateway()
    own.command = "f() { shift; wc -c < \"$1\" > /dev/null && printf '%s' \"$1\"; }; f"
    configuration.faxGateway = own
    let gateway = try Gateway(.fax, configuration)
    let number = try gateway.number("+3221234567@fax")
    let text = message("From: ada@example.org\n\nHello.\n")
    let path = try gateway.run(try gateway.content(of: text, to: number), to: number, of: text)
    #expect(path.hasSuffix("/01.pdf"))
    #expect(throws: SystemError.self) { try readFile(path) }
  }
}
