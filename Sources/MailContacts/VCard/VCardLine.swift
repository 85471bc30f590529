internal import MailBytes

/// One line of a card, taken apart: `group.NAME;PARAM=value,"value":value`. RFC 6350, section 3.3.
struct VCardLine {
  var group: String?
  var name = ""
  var parameters: [VCard.Parameter] = []
  var value: ArraySlice<UInt8> = []

  /// Nil for what is no property: no colon, no name.
  init?(_ line: [UInt8], limit: Int) {
    var scanner = Scanner(bytes: line)
    guard let head = scanner.word(), scanner.index < line.count else { return nil }
    if let dot = head.firstIndex(of: UInt8(ascii: ".")) {
      group = string(head[..<dot])
      name = string(head[(dot + 1)...]).uppercased()
    } else {
      name = string(head).uppercased()
    }
    guard !name.isEmpty, name.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }) else {
      return nil
    }
    if let group, group.isEmpty || !group.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }) {
      self.group = nil
    }
    while scanner.index < line.count, line[scanner.index] == UInt8(ascii: ";") {
      scanner.index += 1
      guard let parameter = scanner.parameter() else { continue }
      if parameters.count < limit { parameters.append(parameter) }
    }
    guard scanner.index < line.count, line[scanner.index] == UInt8(ascii: ":") else { return nil }
    value = line[(scanner.index + 1)...]
  }

  private struct Scanner {
    let bytes: [UInt8]
    var index = 0

    /// What stands before the next `;` or `:`.
    mutating func word() -> ArraySlice<UInt8>? {
      let start = index
      while index < bytes.count, bytes[index] != UInt8(ascii: ";"), bytes[index] != UInt8(ascii: ":") { index += 1 }
      var word = bytes[start..<index]
      while let first = word.first, first.isWSP { word.removeFirst() }
      while let last = word.last, last.isWSP { word.removeLast() }
      return word.isEmpty ? nil : word
    }

    /// A parameter; in version 2.1 a bare word is a type or an encoding.
    mutating func parameter() -> VCard.Parameter? {
      let start = index
      while index < bytes.count, !isEnd(bytes[index]), bytes[index] != UInt8(ascii: "=") { index += 1 }
      let name = string(bytes[start..<index]).uppercased()
      guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
        switch name {
        case "": return nil
        case "QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B": return VCard.Parameter("ENCODING", [name])
        case "URL", "INLINE", "CID", "CONTENT-ID": return VCard.Parameter("VALUE", [name.lowercased()])
        default: return VCard.Parameter("TYPE", [decoded(bytes[start..<index]).lowercased()])
        }
      }
      index += 1
      var values: [String] = [quotedOrPlain()]
      while index < bytes.count, bytes[index] == UInt8(ascii: ",") {
        index += 1
        values.append(quotedOrPlain())
      }
      return name.isEmpty ? nil : VCard.Parameter(name, values)
    }

    private func isEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ";") || byte == UInt8(ascii: ":") }

    private mutating func quotedOrPlain() -> String {
      if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
        let start = index + 1
        index = findByte(UInt8(ascii: "\""), in: bytes.span, from: start, to: bytes.count)
        let value = bytes[start..<index]
        if index < bytes.count { index += 1 }
        // What stands between the quote and the next separator belongs to nothing.
        while index < bytes.count, !isEnd(bytes[index]), bytes[index] != UInt8(ascii: ",") { index += 1 }
        return decoded(value)
      }
      let start = index
      while index < bytes.count, !isEnd(bytes[index]), bytes[index] != UInt8(ascii: ",") { index += 1 }
      return decoded(bytes[start..<index])
    }

    /// `^n`, `^'` and `^^`. RFC 6868, section 3.1.
    private func decoded(_ bytes: ArraySlice<UInt8>) -> String {
      let bytes = bytes.filter { $0 >= 0x20 && $0 != 0x7F }
      guard bytes.contains(UInt8(ascii: "^")) else { return string(bytes) }
      var result: [UInt8] = []
      var iterator = bytes.makeIterator()
      while let byte = iterator.next() {
        guard byte == UInt8(ascii: "^") else {
          result.append(byte)
          continue
        }
        switch iterator.next() {
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "'"): result.append(UInt8(ascii: "\""))
        case UInt8(ascii: "^"): result.append(byte)
        case let other?: result += [byte, other]
        case nil: result.append(byte)
        }
      }
      return string(result)
    }
  }
}
