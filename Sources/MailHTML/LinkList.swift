/// Gives links their numbers.
struct LinkList {
  private(set) var list: [StyledText.Link] = []
  private var numbers: [String: Int] = [:]
  private var open: (url: String, start: Int, hasImage: Bool, hasText: Bool)?

  mutating func start(_ url: String, in paragraph: ParagraphText) {
    open = (url, paragraph.bytes.count, false, false)
  }

  mutating func sawImage() { open?.hasImage = true }

  /// The block ends while the link goes on.
  mutating func interrupt(in paragraph: ParagraphText) {
    guard let link = open else { return }
    if paragraph.bytes.count > link.start { open?.hasText = true }
    open?.start = 0
  }

  /// What to write after the text of the open link.
  mutating func end(in paragraph: ParagraphText, style: StyledText.LinkStyle) -> String? {
    guard let link = open else { return nil }
    open = nil
    let start = min(link.start, paragraph.bytes.count)
    let text = String(decoding: paragraph.bytes[start...], as: UTF8.self)
    let shown = text.filter { !$0.isWhitespace }
    guard style != .none else { return shown.isEmpty && link.hasImage && !link.hasText ? "[image]" : nil }
    if shown.isEmpty, !link.hasImage { return nil }
    if isSame(shown, link.url) { return nil }
    let before = shown.isEmpty && !link.hasText ? "[image]" : ""
    if style == .inline { return "\(before) <\(link.url)>" }
    let number = numbers[link.url] ?? list.count + 1
    if number > list.count {
      numbers[link.url] = number
      list.append(StyledText.Link(number: number, url: link.url))
    }
    let gap = before.isEmpty && shown.isEmpty ? "" : "\u{A0}"
    return "\(before)\(gap)[\(number)]"
  }

  /// The text says the address already.
  private func isSame(_ text: String, _ url: String) -> Bool {
    essence(text[...]) == essence(url[...])
  }

  private func essence(_ text: Substring) -> String {
    var text = text
    for prefix in ["mailto:", "tel:", "https://", "http://"] where text.lowercased().hasPrefix(prefix) {
      text = text.dropFirst(prefix.count)
      if prefix == "mailto:" { text = text.prefix { $0 != "?" } }
      break
    }
    if text.hasPrefix("<"), text.hasSuffix(">") { text = text.dropFirst().dropLast() }
    if text.hasPrefix("www.") { text = text.dropFirst(4) }
    while text.hasSuffix("/") { text = text.dropLast() }
    return text.lowercased()
  }
}
