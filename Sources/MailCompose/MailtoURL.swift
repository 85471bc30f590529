/// What a `mailto:` URL asks for. Only fields that do no harm are taken. RFC 6068, sections 2 and 7.
public struct MailtoURL: Sendable, Equatable {
  public var to = ""
  public var cc = ""
  public var bcc = ""
  public var subject = ""
  /// The text, its lines ended by LF.
  public var body = ""
  /// The identifier of the message that is answered, without angle brackets.
  public var inReplyTo: String?
  /// The names of fields that were not taken: a web page must not attach files or say who writes.
  public var refused: [String] = []

  /// Reads `text`, which begins with `mailto:`.
  public init(_ text: String) throws(ComposeError) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 7, String(decoding: bytes[..<7], as: UTF8.self).lowercased() == "mailto:" else {
      throw .badURL(text, reason: "not a mailto: URL")
    }
    // A fragment is for a browser.
    let url = bytes[7...].prefix { $0 != 0x23 }
    let query = url.firstIndex(of: 0x3F)
    to = Self.line(try Self.decoded(url[..<(query ?? url.endIndex)], text))
    guard let query else { return }
    for pair in url[url.index(after: query)...].split(separator: 0x26) {
      let equals = pair.firstIndex(of: 0x3D) ?? pair.endIndex
      let name = try Self.decoded(pair[..<equals], text).lowercased()
      let value = try Self.decoded(pair[equals...].dropFirst(), text)
      take(name, value)
    }
  }

  private mutating func take(_ name: String, _ value: String) {
    switch name {
    case "to": Self.append(value, to: &to)
    case "cc": Self.append(value, to: &cc)
    case "bcc": Self.append(value, to: &bcc)
    case "subject": subject = Self.line(value)
    case "body": body += (body.isEmpty ? "" : "\n") + Self.lines(value)
    case "in-reply-to":
      let identifier = bracketed(value).first ?? value
      if isIdentifier(identifier) { inReplyTo = identifier } else { refused.append(name) }
    default: refused.append(Self.line(name))
    }
  }

  private static func append(_ value: String, to list: inout String) {
    let value = line(value)
    guard !value.isEmpty else { return }
    list += (list.isEmpty ? "" : ", ") + value
  }

  /// `value` on one line: a line break in a field would begin another one.
  private static func line(_ value: String) -> String {
    trimmed(String(decoding: value.utf8.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self))
  }

  /// `value` with LF for each line break, and no other control characters but tabs.
  private static func lines(_ value: String) -> String {
    var output: [UInt8] = []
    var previous: UInt8 = 0
    for byte in value.utf8 {
      if byte == 0x0A, previous == 0x0D {
        // The break is there already.
      } else if byte == 0x0D || byte == 0x0A {
        output.append(0x0A)
      } else if byte >= 0x20 || byte == 0x09 {
        output.append(byte)
      }
      previous = byte
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func decoded(_ text: ArraySlice<UInt8>, _ url: String) throws(ComposeError) -> String {
    var output: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == 0x25 {
        guard index + 2 < text.endIndex, let high = hexValue(text[index + 1]), let low = hexValue(text[index + 2])
        else {
          throw .badURL(url, reason: "a '%' must be followed by two hexadecimal digits")
        }
        output.append(high << 4 | low)
        index += 3
      } else {
        output.append(text[index])
        index += 1
      }
    }
    guard let string = String(validating: output, as: UTF8.self) else {
      throw .badURL(url, reason: "what it says is not UTF-8")
    }
    return string
  }
}

func hexValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39: byte - 0x30
  case 0x41...0x46: byte - 0x37
  case 0x61...0x66: byte - 0x57
  default: nil
  }
}
