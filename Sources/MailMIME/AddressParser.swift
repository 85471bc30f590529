internal import MailBytes

/// The mailboxes and groups in `value`. RFC 5322, sections 3.4 and 4.4. Also `;` as a separator, missing commas around
/// groups, missing angle brackets, and quotes and parentheses that aren't closed.
func parseAddressList(_ value: Span<UInt8>, guess: Charset?) -> [AddressListEntry] {
  var parser = AddressParser(guess: guess)
  parser.parse(value)
  return parser.entries
}

/// The state between two separators.
private struct AddressParser {
  let guess: Charset?
  var entries: [AddressListEntry] = []
  private var group: String?
  private var members: [Address] = []
  /// Words outside brackets, quotes removed, a space between them.
  private var words: [UInt8] = []
  private var comment: [UInt8] = []
  private var route: String?
  /// Where in `words` the quoted strings end; an `@` before that is no part of an address.
  private var quotedEnd = 0
  private var hasAt = false
  private var quotesAreBroken = false
  private var commentsAreBroken = false

  init(guess: Charset?) { self.guess = guess }

  mutating func parse(_ value: Span<UInt8>) {
    var index = 0
    while index < value.count {
      let byte = value[index]
      switch byte {
      case 0x22: takeQuoted(value, &index)
      case 0x28: takeComment(value, &index)
      case 0x3C: takeAngle(value, &index)
      case 0x2C: endMailbox(&index)
      case 0x3B:
        endMailbox(&index)
        endGroup()
      case 0x3A: takeColon(&index)
      case 0x5B where hasAt: takeDomainLiteral(value, &index)
      case 0x3E: index += 1  // QUIRK: addresses in two pairs of brackets are common
      default: takeWords(value, &index)
      }
    }
    endMailbox(&index)
    endGroup()
  }

  /// Takes octets up to the next one that may mean something.
  private mutating func takeWords(_ value: Span<UInt8>, _ index: inout Int) {
    takeWord(value[index], &index)
    while index < value.count, value[index].isLetter || value[index] == 0x2E { takeWord(value[index], &index) }
  }

  private mutating func takeWord(_ byte: UInt8, _ index: inout Int) {
    index += 1
    if byte.isFoldingSpace {
      if let last = words.last, last != 0x20 { words.append(0x20) }
    } else {
      if byte == 0x40 { hasAt = true }
      words.append(byte)
    }
  }

  private mutating func takeQuoted(_ value: Span<UInt8>, _ index: inout Int) {
    if !quotesAreBroken, let text = quotedString(value, &index) {
      if index < value.count, value[index] == 0x40 || value[index] == 0x2E {
        words.append(0x22)
        words.append(contentsOf: text)
        words.append(0x22)
      } else {
        words.append(contentsOf: text)
        quotedEnd = words.count
      }
    } else {
      quotesAreBroken = true
      index += 1
    }
  }

  private mutating func takeComment(_ value: Span<UInt8>, _ index: inout Int) {
    var position = index
    guard !commentsAreBroken, let text = commentText(value, &position) else {
      commentsAreBroken = true
      takeWord(0x28, &index)
      return
    }
    index = position
    if !comment.isEmpty { comment.append(0x20) }
    comment.append(contentsOf: text)
    if let last = words.last, last != 0x20, !hasAt { words.append(0x20) }
  }

  private mutating func takeAngle(_ value: Span<UInt8>, _ index: inout Int) {
    index += 1
    if let end = plainSpecEnd(value, index) {
      if route == nil || route?.isEmpty == true { route = string(value.extracting(index..<end)) }
      index = end + 1
      return
    }
    var text: [UInt8] = []
    while index < value.count, value[index] != 0x3E {
      let byte = value[index]
      if byte == 0x22, !quotesAreBroken {
        let start = index
        if quotedString(value, &index) != nil {
          for position in start..<index { text.append(value[position]) }
          continue
        }
        quotesAreBroken = true
      }
      if byte == 0x28, !commentsAreBroken {
        if commentText(value, &index) != nil { continue }
        commentsAreBroken = true
      }
      // A route: `@relay,@relay:local@domain`. RFC 5322, section 4.4.
      if byte == 0x3A, text.first == 0x40 {
        text.removeAll(keepingCapacity: true)
      } else if byte == 0x2C, text.first != 0x40 {
        break
      } else if !byte.isFoldingSpace, byte != 0x3C {
        text.append(byte)
      }
      index += 1
    }
    if index < value.count, value[index] == 0x3E { index += 1 }
    if route == nil || route?.isEmpty == true { route = string(text) }
  }

  /// The place of the `>` when nothing but an address without peculiarities stands before it.
  private func plainSpecEnd(_ value: Span<UInt8>, _ start: Int) -> Int? {
    var index = start
    while index < value.count {
      switch value[index] {
      case 0x3E: return index
      case 0...0x20, 0x22, 0x28, 0x2C, 0x3A, 0x3C: return nil
      default: index += 1
      }
    }
    return nil
  }

  private mutating func takeColon(_ index: inout Int) {
    if group == nil, !hasAt, route == nil, !words.isEmpty {
      // QUIRK: addresses copied from web pages keep their scheme.
      let isScheme = equalsIgnoringCase(words.span, 0, words.count, "mailto".utf8.span)
      if !isScheme { group = decoded(words) }
      reset()
      index += 1
    } else {
      takeWord(0x3A, &index)
    }
  }

  private mutating func takeDomainLiteral(_ value: Span<UInt8>, _ index: inout Int) {
    while index < value.count, value[index] != 0x5D, value[index] != 0x2C {
      if !value[index].isFoldingSpace { words.append(value[index]) }
      index += 1
    }
    if index < value.count, value[index] == 0x5D {
      words.append(0x5D)
      index += 1
    }
  }

  private mutating func endMailbox(_ index: inout Int) {
    index += 1
    defer { reset() }
    while let last = words.last, last == 0x20 { words.removeLast() }
    if let route {
      let name = words.isEmpty ? comment : words
      if route.isEmpty, name.isEmpty { return }
      add(Address(name: name.isEmpty ? nil : decoded(name), address: route))
    } else if words.isEmpty {
      return
    } else if let addresses = spacedAddresses() {
      for address in addresses { add(Address(address: string(address))) }
    } else {
      add(bareMailbox())
    }
  }

  private mutating func add(_ address: Address) {
    if group != nil { members.append(address) } else { entries.append(.mailbox(address)) }
  }

  /// The words of a list that has spaces where the commas should be; nil when it is something else.
  private func spacedAddresses() -> [ArraySlice<UInt8>]? {
    guard comment.isEmpty, quotedEnd == 0, words.contains(0x20) else { return nil }
    let addresses = words.split(separator: 0x20)
    let isList = addresses.allSatisfy { word in
      word.first != 0x40 && word.last != 0x40 && word.first != 0x22 && word.contains(0x40)
    }
    return isList ? addresses : nil
  }

  /// A mailbox without angle brackets: the word with the `@`, the rest and any comment is the name.
  private func bareMailbox() -> Address {
    let name = comment.isEmpty ? nil : decoded(comment)
    guard let at = words.lastIndex(of: 0x40), at >= quotedEnd else {
      if words.contains(0x20) || quotedEnd > 0 { return Address(name: decoded(words), address: "") }
      return Address(name: name, address: string(words))
    }
    var start = at
    while start > quotedEnd, words[start - 1] != 0x20 || isJoint(start - 1, at) { start -= 1 }
    var end = at
    while end < words.count, words[end] != 0x20 || isJoint(end, at) { end += 1 }
    if words[start..<at].contains(0x22) { start = words[..<at].firstIndex(of: 0x22) ?? start }
    let address = words[start..<end].filter { $0 != 0x20 || words[start] == 0x22 }
    var rest = Array(words[..<start])
    while let last = rest.last, last == 0x20 { rest.removeLast() }
    return Address(name: rest.isEmpty ? name : decoded(rest), address: string(address))
  }

  /// Whether the space at `place` stands beside an `@` or a dot, as RFC 822 allowed. Before the `@` at `at` a dot
  /// counts only with spaces on both sides, because it may end an initial.
  private func isJoint(_ place: Int, _ at: Int) -> Bool {
    let before = place > 0 ? words[place - 1] : 0
    let after = place + 1 < words.count ? words[place + 1] : 0
    if before == 0x40 || after == 0x40 { return true }
    if place > at { return before == 0x2E || after == 0x2E }
    let isSpacedDot = before == 0x2E && place > 1 && words[place - 2] == 0x20
    return isSpacedDot || (after == 0x2E && place + 2 < words.count && words[place + 2] == 0x20)
  }

  private mutating func endGroup() {
    guard let name = group else { return }
    entries.append(.group(name: name, members: members))
    group = nil
    members = []
  }

  private mutating func reset() {
    words.removeAll(keepingCapacity: true)
    comment.removeAll(keepingCapacity: true)
    route = nil
    quotedEnd = 0
    hasAt = false
  }

  private func decoded(_ bytes: [UInt8]) -> String { decodedHeaderText(bytes.span, guess: guess) }
}

/// The content of the comment that starts at `index`, without its outer parentheses; nil, and nothing moved, when it
/// isn't closed. RFC 5322, section 3.2.2.
func commentText(_ value: Span<UInt8>, _ index: inout Int) -> [UInt8]? {
  var text: [UInt8] = []
  var depth = 1
  var position = index + 1
  while position < value.count {
    var byte = value[position]
    if byte == 0x29 {
      depth -= 1
      if depth == 0 {
        index = position + 1
        return text
      }
    } else if byte == 0x28 {
      depth += 1
    } else if byte == 0x5C, position + 1 < value.count {
      position += 1
      byte = value[position]
    }
    text.append(byte.isFoldingSpace ? 0x20 : byte)
    position += 1
  }
  return nil
}
