/// Telephone numbers as people write them, and as machines compare them.
public enum Phone {
  /// The number of a TEL property: what people read, or what a `tel:` URI says. RFC 3966.
  static func number(of property: VCard.Property) -> String {
    let text = property.text
    guard text.utf8.count > 4, text.prefix(4).lowercased() == "tel:" else { return text }
    return String(text.dropFirst(4).prefix { $0 != ";" })
  }

  /// `text` without what only makes it readable: digits, and a `+` in front. `00` in front is a `+`. Nil if it is no number.
  public static func plain(_ text: String) -> String? {
    var digits: [UInt8] = []
    var isInternational = false
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte)
      case UInt8(ascii: "+") where digits.isEmpty && !isInternational: isInternational = true
      // "+33 (0)1 …": the zero is for those who call from inside the country.
      case UInt8(ascii: "(") where isInternational && bytes[index...].starts(with: "(0)".utf8): index += 2
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("),
        UInt8(ascii: ")"), 0xC2, 0xA0:
        break
      default: return nil
      }
      index += 1
    }
    if !isInternational, digits.starts(with: "00".utf8) {
      isInternational = true
      digits.removeFirst(2)
    }
    guard digits.count >= 3, digits.count <= 15 else { return nil }
    return (isInternational ? "+" : "") + String(decoding: digits, as: UTF8.self)
  }
}
