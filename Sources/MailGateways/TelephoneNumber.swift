internal import MailBytes

/// A telephone number as it is dialled from everywhere. ITU-T E.164, section 6.
public struct TelephoneNumber: Sendable, Hashable, CustomStringConvertible {
  /// `+` and up to 15 digits.
  public let description: String
  /// The digits without `+`.
  public var digits: String { String(description.dropFirst()) }

  /// The number in `text`, which may have spaces, dots, hyphens, slashes and parentheses in it. `+` and `00` begin an
  /// international number, and so does every other digit but 0; a number that begins with 0 is one of the country whose
  /// calling code is `country`.
  public init(_ text: String, country: String? = nil) throws(GatewayError) {
    var digits = ""
    var hasPlus = false
    for (place, scalar) in text.unicodeScalars.enumerated() {
      switch scalar {
      case "0"..."9": digits.unicodeScalars.append(scalar)
      case "+" where place == 0: hasPlus = true
      case " ", ".", "-", "/", "(", ")", "\u{A0}": break
      default: throw .badNumber(clean(text), reason: "a telephone number has digits alone")
      }
    }
    if digits.isEmpty { throw .badNumber(clean(text), reason: "there are no digits") }
    if !hasPlus {
      if digits.hasPrefix("00") {
        digits.removeFirst(2)
      } else if digits.hasPrefix("0") {
        guard let country else {
          throw .badNumber(text, reason: "a number without its country; write +, the country's code and the rest")
        }
        // QUIRK: in Italy and San Marino the 0 belongs to the number.
        digits = country + (country == "39" || country == "378" ? digits : String(digits.dropFirst()))
      }
    }
    if digits.hasPrefix("0") { throw .badNumber(text, reason: "no country's code begins with 0") }
    if digits.utf8.count > 15 { throw .badNumber(text, reason: "longer than 15 digits") }
    if digits.utf8.count < 7 { throw .badNumber(text, reason: "too short for an international number") }
    description = "+\(digits)"
  }

  /// The number in the address `NUMBER@SMS` or `NUMBER@fax`.
  public init(address: String, country: String? = nil) throws(GatewayError) {
    var local = address.utf8.lastIndex(of: 0x40).map { address[..<$0] } ?? address[...]
    if local.utf8.count > 1, local.hasPrefix("\""), local.hasSuffix("\"") { local = local.dropFirst().dropLast() }
    try self.init(String(local), country: country)
  }
}
