/// Cuts HTML into text and tags as browsers do. HTML, section 13.2.5.
///
/// Linear in its input; nothing is copied. Comments, doctypes and processing instructions are left out.
struct HTMLTokenizer {
  enum Token {
    /// Text with character references.
    case text(Range<Int>)
    /// The content of a raw text element: no markup inside.
    case rawText(HTMLTag, Range<Int>)
    /// A start tag; its attributes are in `attributes`.
    case start(HTMLTag)
    /// An end tag.
    case end(HTMLTag)
  }

  struct Attribute {
    var name: HTMLAttribute
    /// The value as written, without quotes.
    var value: Range<Int>
  }

  /// An element has at most this many attributes; more are ignored.
  static let attributeLimit = 64

  let bytes: [UInt8]
  var position: Int
  /// The attributes of the last start tag.
  private(set) var attributes: [Attribute] = []
  /// The last start tag began a raw text element.
  private var pendingRaw: HTMLTag?
  /// No end tag of an escapable raw text element follows: a search to the end is made once.
  private var lacksEnd: HTMLTag?

  init(_ bytes: [UInt8], from position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// The next token, nil at the end.
  mutating func next() -> Token? {
    if let tag = pendingRaw {
      pendingRaw = nil
      if let range = rawText(of: tag) { return .rawText(tag, range) }
    }
    while position < bytes.count {
      let start = position
      guard let open = findTagOpen(from: start) else {
        position = bytes.count
        return .text(start..<bytes.count)
      }
      if open > start {
        position = open
        return .text(start..<open)
      }
      if let token = markup(at: open) { return token }
    }
    return nil
  }

  /// A place to return to.
  struct Place {
    fileprivate var position: Int
    fileprivate var pendingRaw: HTMLTag?
  }

  /// Where the next token begins.
  var place: Place {
    get { Place(position: position, pendingRaw: pendingRaw) }
    set {
      position = newValue.position
      pendingRaw = newValue.pendingRaw
    }
  }

  /// The value of an attribute of the last start tag, as written.
  func value(_ name: HTMLAttribute) -> Range<Int>? {
    for attribute in attributes where attribute.name == name { return attribute.value }
    return nil
  }

  /// The next `<` that begins markup.
  private func findTagOpen(from start: Int) -> Int? {
    var index = start
    let end = bytes.count
    while index < end {
      if bytes[index] == 0x3C, index + 1 < end {
        switch bytes[index + 1] {
        case 0x41...0x5A, 0x61...0x7A, 0x21, 0x2F, 0x3F: return index
        default: break
        }
      }
      index += 1
    }
    return nil
  }

  /// Reads the markup that begins at `open`; nil if it shows nothing.
  private mutating func markup(at open: Int) -> Token? {
    switch bytes[open + 1] {
    case 0x21:
      if open + 3 < bytes.count, bytes[open + 2] == 0x2D, bytes[open + 3] == 0x2D {
        skipComment(from: open + 4)
      } else {
        skipBogusComment(from: open + 2)
      }
      return nil
    case 0x3F:
      skipBogusComment(from: open + 2)
      return nil
    case 0x2F:
      guard open + 2 < bytes.count else {
        position = bytes.count
        return .text(open..<bytes.count)
      }
      guard isLetter(bytes[open + 2]) else {
        skipBogusComment(from: open + 2)
        return nil
      }
      let tag = tagName(from: open + 2)
      return readAttributes() ? .end(tag) : nil
    default:
      let tag = tagName(from: open + 1)
      guard readAttributes() else { return nil }
      if tag.content != .normal { pendingRaw = tag }
      return .start(tag)
    }
  }

  private mutating func tagName(from start: Int) -> HTMLTag {
    var index = start
    while index < bytes.count, !isSpace(bytes[index]), bytes[index] != 0x2F, bytes[index] != 0x3E { index += 1 }
    position = index
    return HTMLTag(named: start..<index, in: bytes)
  }

  /// Reads attributes up to and with `>`. False if the input ends before.
  private mutating func readAttributes() -> Bool {
    attributes.removeAll(keepingCapacity: true)
    var index = position
    let end = bytes.count
    while true {
      while index < end, isSpace(bytes[index]) || bytes[index] == 0x2F { index += 1 }
      guard index < end else { break }
      if bytes[index] == 0x3E {
        position = index + 1
        return true
      }
      let nameStart = index
      index += 1
      while index < end, !isSpace(bytes[index]), bytes[index] != 0x2F, bytes[index] != 0x3E, bytes[index] != 0x3D {
        index += 1
      }
      let name = HTMLAttribute(named: nameStart..<index, in: bytes)
      while index < end, isSpace(bytes[index]) { index += 1 }
      var value = index..<index
      if index < end, bytes[index] == 0x3D {
        index += 1
        while index < end, isSpace(bytes[index]) { index += 1 }
        guard index < end else { break }
        let quote = bytes[index]
        if quote == 0x22 || quote == 0x27 {
          let valueStart = index + 1
          index = valueStart
          while index < end, bytes[index] != quote { index += 1 }
          guard index < end else { break }
          value = valueStart..<index
          index += 1
        } else {
          let valueStart = index
          while index < end, !isSpace(bytes[index]), bytes[index] != 0x3E { index += 1 }
          value = valueStart..<index
        }
      }
      if name != .unknown, attributes.count < Self.attributeLimit {
        attributes.append(Attribute(name: name, value: value))
      }
    }
    position = end
    return false
  }

  /// Steps over a comment whose text begins at `start`.
  private mutating func skipComment(from start: Int) {
    let end = bytes.count
    if start < end, bytes[start] == 0x3E {
      position = start + 1
      return
    }
    if start + 1 < end, bytes[start] == 0x2D, bytes[start + 1] == 0x3E {
      position = start + 2
      return
    }
    var index = start
    while index + 2 < end {
      if bytes[index] == 0x2D, bytes[index + 1] == 0x2D {
        if bytes[index + 2] == 0x3E {
          position = index + 3
          return
        }
        if bytes[index + 2] == 0x21, index + 3 < end, bytes[index + 3] == 0x3E {
          position = index + 4
          return
        }
      }
      index += 1
    }
    position = end
  }

  private mutating func skipBogusComment(from start: Int) {
    var index = start
    while index < bytes.count, bytes[index] != 0x3E { index += 1 }
    position = min(index + 1, bytes.count)
  }

  /// The text up to the end tag of `tag`, which stays to be read; nil if there is no end tag and the element may go on as markup.
  private mutating func rawText(of tag: HTMLTag) -> Range<Int>? {
    if lacksEnd == tag { return nil }
    let start = position
    var index = start
    let end = bytes.count
    while index + 2 < end {
      if bytes[index] == 0x3C, bytes[index + 1] == 0x2F, isLetter(bytes[index + 2]) {
        var nameEnd = index + 2
        while nameEnd < end, nameEnd - index < 12, !isSpace(bytes[nameEnd]), bytes[nameEnd] != 0x2F,
          bytes[nameEnd] != 0x3E
        { nameEnd += 1 }
        if nameEnd < end, HTMLTag(named: index + 2..<nameEnd, in: bytes) == tag {
          position = index
          return start..<index
        }
      }
      index += 1
    }
    // QUIRK: an unclosed title or text area would swallow the whole message.
    if tag.content == .escapable {
      lacksEnd = tag
      return nil
    }
    position = end
    return start..<end
  }
}

/// Space, tab, line feed, form feed or carriage return.
@inline(__always)
func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D && byte != 0x0B) }

/// An ASCII letter.
@inline(__always)
func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

/// An ASCII letter in lower case, every other byte as it is.
@inline(__always)
func lowered(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
