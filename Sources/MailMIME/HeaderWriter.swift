internal import MailBytes

/// Writes fields, folded to 78 columns where their grammar has white space. RFC 5322, sections 2.1.1 and 2.2.3.
struct HeaderWriter {
  /// A field that is to be written.
  struct Field: Sendable {
    var name: String
    var value: Value

    init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  /// What a field says, by its grammar.
  enum Value: Sendable {
    case text(String)
    case words(String)
    case addresses([AddressListEntry])
    case messageIDs([String])
    case parameters(String, [Parameter])
  }

  let newline: [UInt8]
  let isSevenBit: Bool
  var output: [UInt8] = []
  private var column = 0

  init(newline: [UInt8], isSevenBit: Bool) {
    self.newline = newline
    self.isSevenBit = isSevenBit
  }

  mutating func write(_ field: Field) {
    let name = field.name.utf8.filter { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }
    guard !name.isEmpty else { return }
    output += name
    output.append(0x3A)
    column = name.count + 1
    switch field.value {
    case .text(let text): write(textTokens(text, column: column + 1))
    case .words(let text):
      write(text.utf8.split(separator: 0x20).map { HeaderToken(Array($0).filter { $0 >= 0x20 && $0 != 0x7F }) })
    case .addresses(let entries): write(addressTokens(entries, isSevenBit: isSevenBit, column: column + 1))
    case .messageIDs(let identifiers):
      write(identifiers.map { HeaderToken(Array("<\($0)>".utf8).filter { $0 > 0x20 && $0 != 0x7F }) })
    case .parameters(let value, let parameters): write(parameterTokens(value, parameters))
    }
    output += newline
  }

  /// Writes `tokens` with a space before each, or a line break and a space where the line would be too long.
  private mutating func write(_ tokens: [HeaderToken]) {
    for token in tokens {
      let isStart = output.last == 0x3A && column > 0
      if token.isGlued {
        output += token.bytes
        column += token.bytes.count
        continue
      }
      // QUIRK: Python's email package keeps the space where the first line has the name alone.
      if column + 1 + token.bytes.count > token.limit, !isStart {
        output += newline
        column = 0
      }
      output.append(0x20)
      output += token.bytes
      column += token.bytes.count + 1
    }
  }
}

/// Octets that no line break may divide.
struct HeaderToken {
  var bytes: [UInt8]
  /// The token belongs to the one before, without a space.
  var isGlued = false
  /// The longest line that it may end.
  var limit = 78

  init(_ bytes: [UInt8]) { self.bytes = bytes }
}
