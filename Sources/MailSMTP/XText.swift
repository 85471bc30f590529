internal import MailBytes

// xtext   = *( xchar / hexchar )
// xchar   = any ASCII CHAR between "!" (33) and "~" (126) inclusive, except for "+" and "=".
// hexchar = ASCII "+" immediately followed by two upper case hexadecimal digits
/// `bytes` in a form that has no spaces. RFC 3461, section 4.
public func xtext(_ bytes: some Sequence<UInt8>) -> [UInt8] {
  var output: [UInt8] = []
  for byte in bytes {
    if 33...126 ~= byte, byte != 0x2B, byte != 0x3D {
      output.append(byte)
    } else {
      output += [0x2B, hexDigit(byte >> 4), hexDigit(byte)]
    }
  }
  return output
}

// utf-8-addr-xtext   = 1*(QCHAR / EmbeddedUnicodeChar)
// utf-8-addr-unitext = 1*(QUCHAR / EmbeddedUnicodeChar)
// EmbeddedUnicodeChar = %x5C.78 "{" HEXPOINT "}"
// QCHAR = %x21-2a / %x2c-3c / %x3e-5b / %x5d-7e
/// `address` as an original recipient of the type utf-8: as it is where the session carries UTF-8, else in ASCII. RFC 6533,
/// section 3.
public func utf8AddressText(_ address: String, keepingUTF8: Bool) -> [UInt8] {
  var output: [UInt8] = []
  for scalar in address.unicodeScalars {
    let value = scalar.value
    let isPlain = 0x21...0x7E ~= value && value != 0x2B && value != 0x3D && value != 0x5C
    if isPlain || (keepingUTF8 && value >= 0xA0) {
      output += Array(String(Character(scalar)).utf8)
    } else {
      output += Array("\\x{\(String(value, radix: 16, uppercase: true))}".utf8)
    }
  }
  return output
}
