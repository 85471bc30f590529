internal import MailBytes

extension VCard {
  /// The card as a file: lines of at most 75 octets that end with CR LF. RFC 6350, section 3.2; RFC 2426, section 2.6.
  public func encoded(as version: Version) -> [UInt8] {
    var output: [UInt8] = []
    VCard.append("BEGIN:VCARD", to: &output)
    VCard.append("VERSION:\(version.rawValue)", to: &output)
    for property in written(as: version) { VCard.append(property.line(version), to: &output) }
    VCard.append("END:VCARD", to: &output)
    return output
  }

  /// The properties with those that the version demands.
  private func written(as version: Version) -> [Property] {
    var result = properties
    if first("FN") == nil {
      let name = first("N")?.components ?? []
      let text = [name.dropFirst().first ?? "", name.first ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
      let other = first("ORG")?.components.first ?? first("EMAIL")?.text ?? ""
      result.insert(Property("FN", VCardText.encoded(text.isEmpty ? other : text)), at: 0)
    }
    guard version == .three else { return result }
    if first("N") == nil {
      let place = (result.firstIndex { $0.name == "FN" } ?? -1) + 1
      result.insert(Property("N", VCardText.encoded([first("FN")?.text ?? "", "", "", "", ""])), at: place)
    }
    return result.map { $0.asVersionThree() }
  }

  /// The form in which a card is kept: its lines as in version 4.0, each ended by LF.
  var stored: String { properties.map { $0.line(.four) + "\n" }.joined() }

  /// The card that `stored` gave.
  init(stored text: String) {
    self.init()
    for line in text.utf8.split(separator: 0x0A) {
      guard let line = VCardLine(Array(line), limit: 1_000) else { continue }
      properties.append(VCardReading.property(line, version: "4.0"))
    }
  }

  /// Appends `line`, folded before the 76th octet and never inside a character.
  private static func append(_ line: String, to output: inout [UInt8]) {
    var width = 0
    let bytes = Array(line.utf8)
    for (index, byte) in bytes.enumerated() {
      var next = index + 1
      while next < bytes.count, bytes[next] & 0xC0 == 0x80 { next += 1 }
      if byte & 0xC0 != 0x80, width + next - index > 75 {
        output += [0x0D, 0x0A, 0x20]
        width = 1
      }
      output.append(byte)
      width += 1
    }
    output += [0x0D, 0x0A]
  }
}

extension VCard.Property {
  /// The property as one line.
  func line(_ version: VCard.Version) -> String {
    var text = group.map { $0 + "." } ?? ""
    text += name
    for parameter in parameters {
      text += ";\(parameter.name)="
      text += parameter.values.map { quoted($0, version) }.joined(separator: ",")
    }
    return text + ":" + value
  }

  /// In quotes where it must be; what quotes can't hold as RFC 6868 writes it.
  private func quoted(_ value: String, _ version: VCard.Version) -> String {
    var result: [UInt8] = []
    var needsQuotes = false
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "^"): result += version == .four ? [byte, byte] : [byte]
      case UInt8(ascii: "\""):
        result += version == .four ? [UInt8(ascii: "^"), UInt8(ascii: "'")] : [UInt8(ascii: "'")]
      case 0x0A: result += version == .four ? [UInt8(ascii: "^"), UInt8(ascii: "n")] : [0x20]
      case 0x00..<0x20, 0x7F: break
      default: result.append(byte)
      }
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ":") { needsQuotes = true }
    }
    let text = String(decoding: result, as: UTF8.self)
    return needsQuotes ? "\"\(text)\"" : text
  }

  /// What version 3.0 says otherwise: the preferred one is a type, bytes are no URI, and groups are extensions.
  func asVersionThree() -> VCard.Property {
    var property = self
    property.parameters.removeAll { $0.name == "PREF" || $0.name == "MEDIATYPE" || $0.name == "ALTID" }
    var types = property.parameter("TYPE")
    if preference == 1 { types.append("pref") }
    property.parameters.removeAll { $0.name == "TYPE" }
    if !types.isEmpty { property.parameters.append(VCard.Parameter("TYPE", types)) }
    switch name {
    case "KIND": property.name = "X-ADDRESSBOOKSERVER-KIND"
    case "MEMBER": property.name = "X-ADDRESSBOOKSERVER-MEMBER"
    case "TEL" where parameter("VALUE").first?.lowercased() == "uri":
      property.parameters.removeAll { $0.name == "VALUE" }
      property.value = VCardText.encoded(Phone.number(of: self))
    default:
      if VCardReading.binary.contains(name), let data = dataOfURI() {
        property.parameters.removeAll { $0.name == "TYPE" || $0.name == "VALUE" }
        property.parameters.append(VCard.Parameter("ENCODING", ["b"]))
        if !data.type.isEmpty { property.parameters.append(VCard.Parameter("TYPE", [data.type])) }
        property.value = data.base64
      }
    }
    return property
  }

  /// The type and the bytes, in base64, of a `data:` URI that has them so.
  private func dataOfURI() -> (type: String, base64: String)? {
    let text = text
    guard text.utf8.starts(with: "data:".utf8), let comma = text.utf8.firstIndex(of: UInt8(ascii: ",")) else {
      return nil
    }
    let head = text[..<comma].dropFirst(5).split(separator: ";").map { $0.lowercased() }
    guard head.last == "base64", let media = head.first else { return nil }
    let subtype = media.split(separator: "/").last.map { $0.uppercased() } ?? ""
    return (subtype == "PGP-KEYS" ? "PGP" : subtype, String(text[text.utf8.index(after: comma)...]))
  }
}
