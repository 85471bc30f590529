internal import MailBytes

/// The cards in a file of vCards, and what is wrong with it.
public struct ParsedCards: Sendable {
  public var cards: [VCard] = []
  public var defects: [TextDefect] = []
}

/// Reads vCards of version 2.1, 3.0 and 4.0. Never fails and is linear in the input: what is no property is left out and
/// named in the defects. RFC 6350; RFC 2426; the vCard 2.1 specification of 1996.
public func parseVCards(_ bytes: [UInt8], limits: VCardLimits = .standard) -> ParsedCards {
  var parser = VCardParser(limits: limits)
  var lines = VCardLines(plainBytes(bytes), limit: limits.property)
  while let line = lines.next() {
    if parser.take(line, number: lines.number, isCut: lines.isCut) { break }
  }
  parser.finish(lines.number)
  return parser.result
}

/// `bytes` in an encoding in which ASCII stands for itself: UTF-16, which some programs export, becomes UTF-8.
func plainBytes(_ bytes: [UInt8]) -> [UInt8] {
  let label: String
  if bytes.starts(with: [0xFF, 0xFE]) {
    label = "utf-16le"
  } else if bytes.starts(with: [0xFE, 0xFF]) {
    label = "utf-16be"
  } else {
    return bytes
  }
  let text = bytes[2...]
  return utf8Text(text.span, charset: label)
}

private struct VCardParser {
  let limits: VCardLimits
  var result = ParsedCards()
  private var card = VCard()
  private var version = "3.0"
  /// How many BEGINs are open; a card inside another one (AGENT in 2.1) is left out.
  private var depth = 0
  private var size = 0
  private var isFull = false

  init(limits: VCardLimits) { self.limits = limits }

  mutating func note(_ line: Int, _ reason: String) {
    if result.defects.count < 100 { result.defects.append(TextDefect(line: line, reason)) }
  }

  /// Takes one line; true when enough cards have been read.
  mutating func take(_ bytes: [UInt8], number: Int, isCut: Bool) -> Bool {
    guard let line = VCardLine(bytes, limit: limits.parameters) else {
      if bytes.contains(where: { !$0.isWSP }) { note(number, depth == 0 ? "not a vCard" : "not a property") }
      return false
    }
    let isCard = string(line.value).uppercased().utf8.filter { !$0.isFoldingSpace }.elementsEqual("VCARD".utf8)
    switch line.name {
    case "BEGIN" where isCard:
      depth += 1
      if depth == 1 {
        (card, version, size, isFull) = (VCard(), "3.0", 0, false)
      } else {
        note(number, "a card inside a card is left out")
      }
    case "END" where isCard:
      guard depth > 0 else {
        note(number, "END without BEGIN")
        return false
      }
      depth -= 1
      if depth == 0 { result.cards.append(card) }
      if result.cards.count >= limits.cards {
        note(number, "more than \(limits.cards) cards; the rest is left out")
        return true
      }
    // Written again they would begin or end a card.
    case "BEGIN", "END": note(number, "not a property")
    case "VERSION" where depth == 1: version = string(line.value).filter { !$0.isWhitespace }
    default:
      guard depth == 1 else {
        if depth == 0 { note(number, "not a vCard") }
        return false
      }
      if isCut { note(number, "\(line.name): longer than \(limits.property) bytes; the rest is left out") }
      size += bytes.count
      guard card.properties.count < limits.properties, size <= limits.card else {
        if !isFull { note(number, "the card is too large; the rest of it is left out") }
        isFull = true
        return false
      }
      card.properties.append(VCardReading.property(line, version: version))
    }
    return false
  }

  /// A card that is not ended is taken as far as it goes.
  mutating func finish(_ number: Int) {
    guard depth > 0 else { return }
    note(number, "the last card is not ended")
    if !card.properties.isEmpty { result.cards.append(card) }
  }
}
