internal import MailMIME
/// The fields that final delivery puts on top of a message: `Return-Path` (RFC 5321, section 4.4) and `Delivered-To`
/// (RFC 9228), and what it takes away: the mbox line and any older `Return-Path`.
struct TraceFields {
  /// The envelope sender, if anyone has said: the one given, else that of the mbox line when no `Return-Path` is there.
  let sender: String?
  /// An earlier `Delivered-To` below other ones names the same address: the message comes by for the second time.
  let isLooping: Bool
  /// The head of the message as it is stored.
  let head: [UInt8]

  init(editing block: HeaderBlock, sender: String?, recipient: String?) {
    let returnPaths = block.fields(named: "Return-Path")
    let delivered = block.fields(named: "Delivered-To").map { block.value(of: $0) }
    let address = recipient.map { Array(printable($0).utf8) }
    let isKnown = address.map { address in delivered.first.map { equal($0, address[...]) } ?? false } ?? true
    isLooping = address.map { address in delivered.dropFirst().contains { equal($0, address[...]) } } ?? false

    let newSender = sender ?? (returnPaths.isEmpty ? block.mboxSender : nil)
    self.sender =
      newSender.map { bareAddress($0) }
      ?? returnPaths.first.map { bareAddress(String(decoding: block.value(of: $0), as: UTF8.self)) }
    let newline: [UInt8] = block.usesCRLF ? [13, 10] : [10]
    var head: [UInt8] = []
    head.reserveCapacity(block.end + 256)
    var rest = block.fields[...]
    if let newSender {
      head += Array("Return-Path: <\(printable(bareAddress(newSender)))>".utf8) + newline
    } else if let first = rest.first, block.isName(first, "Return-Path") {
      // It stays on top, where the standard wants it.
      head += block.bytes[first.range]
      rest.removeFirst()
    }
    if let address, !isKnown { head += Array("Delivered-To: ".utf8) + address + newline }
    let isEdited = !head.isEmpty
    for field in rest where newSender == nil || !block.isName(field, "Return-Path") { head += block.bytes[field.range] }
    // What has no header at all becomes a body.
    if isEdited, block.fields.isEmpty, !block.endsProperly { head += newline }
    self.head = head
  }
}

/// `sender` without angle brackets, and without what can't be part of an address on one line.
func bareAddress(_ sender: String) -> String {
  var text = sender[...]
  while text.first == " " { text.removeFirst() }
  while text.last == " " { text.removeLast() }
  if text.first == "<", text.last == ">" { text = text.dropFirst().dropLast() }
  return String(text)
}

/// `text` without control characters: nothing from a command line may begin a new header field.
private func printable(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }))
}

/// Equal but for the case of ASCII letters.
private func equal(_ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) -> Bool {
  first.count == second.count && zip(first, second).allSatisfy { lowercased($0) == lowercased($1) }
}

func lowercased(_ byte: UInt8) -> UInt8 { byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte }
