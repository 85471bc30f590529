internal import MailBytes
internal import MailConfiguration
internal import MailMIME
public import MailReports
public import MailStore
internal import MailSystem

extension ReceiptDesk {
  /// What to do about the request of a message that a person has just seen, by the policy of the configuration: sends the
  /// receipt, asks on a terminal, or tells of it with `note`. Nothing where a message asks for nothing, has been answered,
  /// came over a list or to many, lies in Junk, or can have no receipt.
  public func offer(_ row: MessageRow, _ bytes: [UInt8], isTerminal: Bool, note: (String) -> Void) throws {
    guard row.flags.contains(.asksReceipt), let request = request(row, bytes), request.obstacle == nil,
      request.doubts.allSatisfy({ ![.list, .bulk, .junk].contains($0) }), try !isAnswered(row)
    else { return }
    let names = request.names
    switch policy(for: Message(parsing: bytes)) {
    case .never: return
    case .always where isTerminal && request.allowsAutomatic:
      if try send(request, for: row, bytes, isAutomatic: true) { note("a receipt was sent to \(names)") }
    default:
      guard isTerminal else {
        note("the sender asks for a receipt to \(names); mail-receipt sends or refuses one")
        return
      }
      switch request.ask() {
      case .send: if try send(request, for: row, bytes) { note("a receipt was sent to \(names)") }
      case .ignore: _ = try ignore([row.id])
      case .later: break
      }
    }
  }
}

/// What a person says to the question whether a receipt shall be sent.
public enum ReceiptAnswer: Sendable {
  case send, ignore, later
}

extension ReceiptRequest {
  /// To whom the receipt would go, for people.
  public var names: String { clean(addresses.map(\.display).joined(separator: ", ")) }

  /// Asks on the terminal whether the receipt shall be sent, saying what speaks against it.
  public func ask() -> ReceiptAnswer {
    var text = "A receipt is asked for, to \(names).\n"
    for doubt in doubts { text += "Note: \(doubt.explanation).\n" }
    // Where the question can't be shown the answer is read all the same; only a yes is one.
    try? Output(descriptor: 2).finish(
      cleanLines(text) + "Send a receipt? [y]es, [n]ever for this message, Enter for later: ")
    switch (readLine() ?? "").lowercased() {
    case "y", "yes": return .send
    case "n", "no", "never": return .ignore
    default: return .later
    }
  }
}
