/// What the attributes of the last start tag say.
extension StructureReader {
  private var bytes: [UInt8] { tokenizer.bytes }

  func readStyle() -> InlineStyle {
    var result: InlineStyle = []
    for attribute in tokenizer.attributes {
      switch attribute.name {
      case .style: result.formUnion(InlineStyle(declarationsIn: attribute.value, of: bytes))
      case .hidden: result.insert(.hidden)
      default: break
      }
    }
    return result
  }

  func number(_ name: HTMLAttribute) -> Int? {
    tokenizer.value(name).flatMap { Int(String(decoding: bytes[$0].prefix(9), as: UTF8.self)) }
  }

  /// Word writes every line as a paragraph of this class, and a blank line as an empty one.
  func isOfficeParagraph() -> Bool {
    tokenizer.value(.class).map { begins($0, "mso", in: bytes) } ?? false
  }

  func tableBox() -> Box {
    var box = Box()
    if let role = tokenizer.value(.role) {
      box.isLayout = equals(role, "presentation", in: bytes) || equals(role, "none", in: bytes)
    }
    if let border = tokenizer.value(.border) {
      box.hasBorder = !equals(border, "0", in: bytes) && !equals(border, "none", in: bytes)
    }
    return box
  }

  /// The block quotes another message, rather than being indented.
  func isQuote(_ tag: HTMLTag, _ style: InlineStyle) -> Bool {
    if style.contains(.leftBorder) { return true }
    guard tag == .blockquote else { return false }
    for attribute in tokenizer.attributes {
      switch attribute.name {
      case .cite: return true
      case .type: if equals(attribute.value, "cite", in: bytes) { return true }
      case .class: if holds(attribute.value, "quote", in: bytes) { return true }
      default: break
      }
    }
    return false
  }

  mutating func noteRemote(_ tag: HTMLTag) {
    for attribute in tokenizer.attributes {
      switch (attribute.name, tag) {
      case (.background, _): structure.remote.note(.image, attribute.value, in: bytes)
      case (.style, _): structure.remote.note(style: attribute.value, kind: .image, in: bytes)
      case (.src, .img), (.src, .image), (.src, .input), (.poster, .video):
        structure.remote.note(.image, attribute.value, in: bytes)
      case (.src, .script): structure.remote.note(.script, attribute.value, in: bytes)
      case (.src, _), (.data, .object): structure.remote.note(.media, attribute.value, in: bytes)
      case (.href, .link):
        if let rel = tokenizer.value(.rel), holds(rel, "stylesheet", in: bytes) {
          structure.remote.note(.style, attribute.value, in: bytes)
        }
      default: break
      }
    }
  }

  // MARK: Hidden elements

  func isNeverShown(_ tag: HTMLTag) -> Bool {
    switch tag {
    case .select, .datalist, .template: true
    default: false
    }
  }

  /// Steps over the element whose start tag was just read. False if its end can't be found: better to show too much.
  mutating func skipHidden(_ tag: HTMLTag) -> Bool {
    guard tag != .unknown, tag != .body, tag != .html, failedSkips < 8 else { return false }
    let start = tokenizer.place
    var nested = 0
    var tables = 0
    while true {
      let place = tokenizer.place
      guard let token = tokenizer.next() else { break }
      switch token {
      case .text, .rawText: continue
      case .start(let other):
        noteRemote(other)
        if tables == 0, tag != .table, other.tableRank.map({ $0 >= tag.tableRank ?? 0 }) ?? false {
          tokenizer.place = place
          return true
        }
        if other == .table { tables += 1 }
        guard other == tag else { continue }
        if tag.closesItself {
          guard tables > 0 else {
            tokenizer.place = place
            return true
          }
        } else {
          nested += 1
        }
      case .end(let other):
        if other == tag, tag.closesItself ? tables == 0 : nested == 0 { return true }
        if other == tag, !tag.closesItself { nested -= 1 }
        let leavesCell =
          tables == 0 && tag != .table && (other == .table || other.tableRank.map { $0 >= tag.tableRank ?? 0 } ?? false)
        if leavesCell {
          tokenizer.place = place
          return true
        }
        if other == .table { tables -= 1 }
      }
    }
    failedSkips += 1
    tokenizer.place = start
    return false
  }
}

/// The URL as it is shown; nil if it leads nowhere outside its own message or runs a script.
func shownURL(_ url: String) -> String? {
  var url = url.filter { !$0.isNewline && $0 != "\t" }
  if url.hasPrefix("//") { url = "https:" + url }
  guard let colon = url.firstIndex(of: ":") else { return nil }
  switch url[..<colon].lowercased() {
  case "http", "https", "ftp", "ftps", "mailto", "tel", "sms", "news", "nntp", "gopher", "gemini", "xmpp", "sip",
    "sips",
    "irc", "ircs", "geo", "webcal", "magnet", "matrix", "git", "ssh", "svn":
    return url
  default: return nil
  }
}

extension HTMLTag {
  /// How much of a table the element is: a cell, a row, a group of rows.
  fileprivate var tableRank: Int? {
    switch self {
    case .td, .th, .caption: 0
    case .tr: 1
    case .tbody, .thead, .tfoot: 2
    default: nil
    }
  }
}
