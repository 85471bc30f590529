internal import MailBytes
internal import MailConfiguration
public import MailMIME
internal import MailSystem

/// What a gateway's command prints is read as far as this.
private let outputLimit = 64 << 10

extension Gateway {
  /// Runs the gateway's command for `number`, and gives the first line that it printed.
  ///
  /// The command gets the number as its last argument, and for a fax the PDFs behind it. Its standard input is the text of an
  /// SMS in UTF-8, nothing for a fax. `POSTBAG_NUMBER`, `POSTBAG_FROM` (of the configuration), `POSTBAG_SENDER` (the mail
  /// address), `POSTBAG_SUBJECT`, `POSTBAG_MESSAGE_ID`, `POSTBAG_PARTS` and `POSTBAG_ALPHABET` (`gsm` or `ucs2`) are in its
  /// environment. Exit codes: 0 is sent; 64–70, 73, 76–78 refused for good; everything else tried again.
  public func run(_ content: GatewayContent, to number: TelephoneNumber, of message: Message) throws(GatewayError)
    -> String
  {
    guard let command = configuration.command else { throw .notConfigured(kind) }
    var program = Program.shell(command, [number.description])
    let envelope = Envelope(headerOf: message)
    program.environment = [
      "POSTBAG_NUMBER": number.description, "POSTBAG_FROM": configuration.from ?? "",
      "POSTBAG_SENDER": plain(envelope.from.first?.address ?? envelope.sender.first?.address ?? ""),
      "POSTBAG_SUBJECT": plain(envelope.subject), "POSTBAG_MESSAGE_ID": plain(envelope.messageID ?? ""),
    ]
    switch content {
    case .sms(let text):
      program.environment["POSTBAG_PARTS"] = String(text.parts.count)
      program.environment["POSTBAG_ALPHABET"] = text.alphabet.rawValue
      return try run(program, input: .bytes(Array(text.text.utf8) + [0x0A]))
    case .fax(let fax):
      let folder = try TemporaryFolder()
      defer { folder.remove() }
      for (place, sheet) in fax.sheets.enumerated() {
        program.arguments.append(try folder.write(sheet.bytes, name: "\(place < 9 ? "0" : "")\(place + 1).pdf"))
      }
      return try run(program, input: .none)
    }
  }

  private func run(_ program: Program, input: Program.Input) throws(GatewayError) -> String {
    let result: Program.Result
    do throws(SystemError) {
      result = try program.collect(input: input, limit: outputLimit, timeLimit: configuration.timeout)
    } catch {
      throw error.isTimeOut ? .timedOut(seconds: configuration.timeout) : .system(error)
    }
    let first = result.output.prefix { $0 != 0x0A }.prefix(200)
    let text = trimmed(clean(string(Array(first))))
    switch result.end {
    case .exited(0): return text
    case .exited(let code) where (64...70).contains(code) || code == 73 || (76...78).contains(code):
      throw .refused(code: code, text: text)
    // 126 and 127: the shell could not run it. The configuration is wrong, and may be mended.
    default: throw .failed(code: result.end.code, text: text)
    }
  }

  /// `text` for the environment: no control characters, and not without end.
  private func plain(_ text: String) -> String { String(clean(text).prefix(500)) }
}
