internal import MailBytes

/// How a line of any version becomes a property of version 4.0.
enum VCardReading {
  /// Properties whose value is parts separated by semicolons.
  static let structured: Set<String> = ["N", "ADR", "ORG", "GENDER", "CLIENTPIDMAP"]
  /// Properties whose value may be bytes.
  static let binary: Set<String> = ["PHOTO", "LOGO", "SOUND", "KEY"]

  static func property(_ line: VCardLine, version: String) -> VCard.Property {
    var property = VCard.Property(line.name, "", parameters: [], group: line.group)
    var encoding = ""
    var charset: String?
    for parameter in line.parameters {
      switch parameter.name {
      case "ENCODING": encoding = parameter.values.first?.uppercased() ?? ""
      case "CHARSET": charset = parameter.values.first
      case "TYPE": add(types: parameter.values, to: &property)
      default: property.parameters.append(parameter)
      }
    }
    var bytes = line.value
    if encoding == "QUOTED-PRINTABLE" { bytes = QuotedPrintable.decode(bytes.span)[...] }
    if encoding == "B" || encoding == "BASE64", binary.contains(line.name) {
      property.value = dataURI(bytes, &property)
      return property
    }
    if encoding == "B" || encoding == "BASE64" { bytes = Base64.decode(bytes.span)[...] }
    let text = storable(decode(bytes, charset: charset))
    property.value = version.hasPrefix("2") ? escaped(text, name: line.name) : oneLine(text)
    rename(&property)
    return property
  }

  /// Types in small letters; `pref` is a parameter of its own since version 4.0.
  private static func add(types: [String], to property: inout VCard.Property) {
    // QUIRK: TYPE="work,voice" as one quoted value, as version 4.0 allows and others write by mistake.
    let words = types.flatMap { $0.split(separator: ",").map { $0.lowercased().filter { !$0.isWhitespace } } }
    let kept = words.filter { $0 != "pref" && !$0.isEmpty }
    if words.contains("pref"), property.preference == nil { property.parameters.append(VCard.Parameter("PREF", ["1"])) }
    guard !kept.isEmpty else { return }
    if let index = property.parameters.firstIndex(where: { $0.name == "TYPE" }) {
      property.parameters[index].values += kept.filter { !property.parameters[index].values.contains($0) }
    } else {
      property.parameters.append(VCard.Parameter("TYPE", kept))
    }
  }

  /// UTF-8 unless the line or its bytes say otherwise.
  private static func decode(_ bytes: ArraySlice<UInt8>, charset: String?) -> String {
    if let charset, Charset(label: charset) != nil, !isASCII(bytes.span) { return decodeText(bytes, charset: charset) }
    if isValidUTF8(bytes.span) { return string(bytes) }
    return decodeText(bytes, charset: "windows-1252")
  }

  /// Without characters that no value has: NUL and the other controls but tab and line end.
  static func storable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars
    where scalar.value >= 0x20 && scalar.value != 0x7F || scalar == "\n" || scalar == "\t" {
      result.append(scalar)
    }
    return String(result)
  }

  /// A raw line end can only come out of quoted-printable.
  private static func oneLine(_ text: String) -> String {
    guard text.utf8.contains(0x0A) else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
  }

  /// Version 2.1 escapes the semicolon alone, and only between parts.
  private static func escaped(_ text: String, name: String) -> String {
    let parts = structured.contains(name) ? VCardText.split(text, at: UInt8(ascii: ";")) : [text]
    return parts.map { part in
      var plain: [UInt8] = []
      var previous: UInt8 = 0
      for byte in part.utf8 {
        // QUIRK: telephones write the escapes of 3.0 into cards of 2.1: `\,` and `\:` are seen as well.
        let isEscape = byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":")
        if previous == UInt8(ascii: "\\"), isEscape { plain.removeLast() }
        plain.append(byte)
        previous = byte
      }
      return VCardText.encoded(String(decoding: plain, as: UTF8.self))
    }
    .joined(separator: ";")
  }

  /// Bytes as version 4.0 has them: a `data:` URI. RFC 2397.
  private static func dataURI(_ bytes: ArraySlice<UInt8>, _ property: inout VCard.Property) -> String {
    let isBase64 = { (byte: UInt8) in byte.isLetter || byte.isDigit || "+/=".utf8.contains(byte) }
    let base64 = String(decoding: bytes.filter(isBase64), as: UTF8.self)
    let type = String(decoding: (property.types.first ?? "").utf8.filter { isBase64($0) && $0 != 0x2F }, as: UTF8.self)
    property.parameters.removeAll { $0.name == "TYPE" || $0.name == "VALUE" }
    let media =
      switch property.name {
      case "PHOTO", "LOGO": "image/\(type.isEmpty ? "jpeg" : type)"
      case "SOUND": "audio/\(type.isEmpty ? "basic" : type)"
      default: type == "pgp" ? "application/pgp-keys" : "application/octet-stream"
      }
    return "data:\(media);base64,\(base64)"
  }

  /// What was an extension before version 4.0 had a name for it.
  private static func rename(_ property: inout VCard.Property) {
    switch property.name {
    case "X-ADDRESSBOOKSERVER-KIND": property.name = "KIND"
    case "X-ADDRESSBOOKSERVER-MEMBER": property.name = "MEMBER"
    case "X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY": property.name = "ANNIVERSARY"
    default: break
    }
  }
}
