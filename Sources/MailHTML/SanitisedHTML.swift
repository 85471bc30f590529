extension HTMLDocument {
  /// How much of a document a browser may see.
  public struct SanitiseOptions {
    /// References to other hosts stay.
    public var keepsRemoteContent = false
    /// The document stands beside others on one page and must not reach them: its elements are closed, and it has neither
    /// style sheets nor styles that place anything outside itself.
    public var isIsolated = false
    /// The media type and the bytes of the part with a Content-ID, to be put in the place of `cid:`; nil if there is none.
    public var inlineImage: (_ contentID: String) -> (type: String, base64: [UInt8])? = { _ in nil }
    /// The address that is written in the place of `cid:` and a Content-ID, instead of an image; nil leaves it out.
    public var imageAddress: ((_ contentID: String) -> String?)?

    public init() {}
  }

  /// The document as it can be shown in a browser without harm, to be put into a `body`: no scripts, event handlers,
  /// forms, frames or objects, and no remote content unless asked for. Also what was left out of the latter.
  ///
  /// Every tag is written anew from names and attributes known to be harmless, so that a browser reads what was checked.
  public func sanitised(_ options: SanitiseOptions = SanitiseOptions()) -> (html: [UInt8], blocked: [RemoteReference]) {
    var writer = SanitisedWriter(self, options)
    return writer.write()
  }
}

private struct SanitisedWriter {
  private var tokenizer: HTMLTokenizer
  private let options: HTMLDocument.SanitiseOptions
  private var output: [UInt8] = []
  private var blocked = RemoteReferences()
  private var open = OpenElements()

  private var bytes: [UInt8] { tokenizer.bytes }

  init(_ document: HTMLDocument, _ options: HTMLDocument.SanitiseOptions) {
    tokenizer = HTMLTokenizer(document.bytes)
    self.options = options
  }

  mutating func write() -> (html: [UInt8], blocked: [RemoteReference]) {
    output.reserveCapacity(bytes.count)
    while let token = tokenizer.next() {
      switch token {
      case .text(let range): text(range)
      case .rawText(.style, let range):
        let style = cleanStyle(range, isSheet: true)
        if !style.isEmpty, !options.isIsolated { output += Array("<style>".utf8) + style + Array("</style>".utf8) }
      case .rawText(.xmp, let range), .rawText(.textarea, let range):
        output += Array("<pre>".utf8)
        text(range)
        output += Array("</pre>".utf8)
      case .rawText: break
      case .start(let tag): start(tag)
      case .end(let tag): if let name = tag.sanitisedName, !tag.isVoid { end(name) }
      }
    }
    for name in open.endAll() { output += Array("</\(name)>".utf8) }
    return (output, blocked.list)
  }

  private mutating func text(_ range: Range<Int>) {
    for byte in bytes[range] {
      switch byte {
      case 0x3C: output += Array("&lt;".utf8)
      case 0x3E: output += Array("&gt;".utf8)
      case 0: break
      default: output.append(byte)
      }
    }
  }

  private mutating func end(_ name: String) {
    for name in options.isIsolated ? open.end(name) : [name] { output += Array("</\(name)>".utf8) }
  }

  private mutating func start(_ tag: HTMLTag) {
    noteOthers(tag)
    guard let name = tag.sanitisedName else { return }
    if options.isIsolated, !tag.isVoid, !open.begin(name) { return }
    output.append(0x3C)
    output += Array(name.utf8)
    var leadsOut = false
    for attribute in tokenizer.attributes {
      switch attribute.name {
      case .style:
        let style = cleanStyle(attribute.value, isSheet: false)
        if !style.isEmpty { add(attribute.name, style) }
      case .src where tag == .img || tag == .image: source(attribute)
      case .background: source(attribute)
      case .href where tag == .a:
        let url = attributeText(trimmed(attribute.value, in: bytes), in: bytes)
        guard let shown = url.hasPrefix("#") ? url : shownURL(url) else { continue }
        add(attribute.name, Array(shown.utf8))
        leadsOut = true
      case let other where other.isHarmless: add(other, Array(attributeText(attribute.value, in: bytes).utf8))
      default: continue
      }
    }
    if leadsOut { output += Array(" rel=\"noopener noreferrer\"".utf8) }
    output.append(0x3E)
  }

  private mutating func noteOthers(_ tag: HTMLTag) {
    guard tag != .img, tag != .image else { return }
    for attribute in tokenizer.attributes {
      switch (attribute.name, tag) {
      case (.src, .script): blocked.note(.script, attribute.value, in: bytes)
      case (.src, _), (.data, .object): blocked.note(.media, attribute.value, in: bytes)
      case (.href, .link): blocked.note(.style, attribute.value, in: bytes)
      default: break
      }
    }
  }

  /// Writes where an image comes from: the message itself, and other hosts if they may be asked.
  private mutating func source(_ attribute: HTMLTokenizer.Attribute) {
    let range = trimmed(attribute.value, in: bytes)
    if begins(range, "cid:", in: bytes) {
      let id = attributeText(range.lowerBound + 4..<range.upperBound, in: bytes)
      if let imageAddress = options.imageAddress {
        if let address = imageAddress(id) { add(attribute.name, Array(address.utf8)) }
        return
      }
      guard let image = options.inlineImage(id) else { return }
      add(attribute.name, Array("data:\(image.type);base64,".utf8) + image.base64)
    } else if begins(range, "data:image/", in: bytes), !begins(range, "data:image/svg", in: bytes) {
      add(attribute.name, Array(bytes[range]))
    } else if isRemote(range, in: bytes) {
      let isWeb = begins(range, "http", in: bytes) || begins(range, "//", in: bytes)
      if options.keepsRemoteContent, isWeb {
        add(attribute.name, Array(attributeText(range, in: bytes).utf8))
      } else {
        blocked.note(.image, range, in: bytes)
      }
    }
  }

  private mutating func add(_ name: HTMLAttribute, _ value: [UInt8]) {
    output.append(0x20)
    output += Array(name.name.utf8)
    output += Array("=\"".utf8)
    for byte in value {
      switch byte {
      case 0x22: output += Array("&quot;".utf8)
      case 0x26: output += Array("&amp;".utf8)
      case 0x3C: output += Array("&lt;".utf8)
      case 0x3E: output += Array("&gt;".utf8)
      case 0: break
      default: output.append(byte)
      }
    }
    output.append(0x22)
  }

  /// Style declarations, or a style sheet, without what loads files or runs code; empty if they can't be trusted.
  private mutating func cleanStyle(_ range: Range<Int>, isSheet: Bool) -> [UInt8] {
    // What prints a page may read files too: an isolated document names nothing in its styles.
    let keepsFiles = options.keepsRemoteContent && !options.isIsolated
    if !keepsFiles { blocked.note(style: range, kind: .image, in: bytes) }
    var text = isSheet ? Array(bytes[range]) : Array(attributeText(range, in: bytes).utf8)
    if options.isIsolated, !isSheet { text = withoutPlacing(text) }
    let all = 0..<text.count
    for word: StaticString in [
      "\\", "<", "expression", "javascript:", "behavior", "-moz-binding", "@import", "@charset",
    ] {
      if holds(all, word, in: text) { return isSheet ? [] : declarations(of: text) }
    }
    if !keepsFiles, holds(all, "url(", in: text) || holds(all, "image-set", in: text) {
      return isSheet ? withoutFiles(text) : declarations(of: text)
    }
    return text
  }

  /// An inline style without the declarations that move what it is about away from its place, or over something else.
  private func withoutPlacing(_ text: [UInt8]) -> [UInt8] {
    let kept = text.split(separator: 0x3B).filter { declaration in
      guard !declaration.contains(0x7B), !declaration.contains(0x7D) else { return false }
      let end = declaration.firstIndex(of: 0x3A) ?? declaration.endIndex
      let name = trimmed(declaration.startIndex..<end, in: text)
      if begins(name, "margin", in: text), holdsNegative(declaration) { return false }
      return !Self.placing.contains { begins(name, $0, in: text) }
    }
    return Array(kept.joined(separator: [0x3B]))
  }

  /// What the names of properties begin with that place something; a comment, and what only one program knows.
  private static let placing: [StaticString] = [
    "position", "transform", "translate", "z-index", "page", "content", "string-set", "inset", "-", "/",
  ]

  /// A minus before a number.
  private func holdsNegative(_ declaration: ArraySlice<UInt8>) -> Bool {
    zip(declaration, declaration.dropFirst()).contains { $0 == 0x2D && ((0x30...0x39).contains($1) || $1 == 0x2E) }
  }

  /// Those declarations of an inline style that are harmless by themselves.
  private func declarations(of text: [UInt8]) -> [UInt8] {
    let kept = text.split(separator: 0x3B).filter { declaration in
      let range = declaration.indices
      return !declaration.contains(0x5C) && !declaration.contains(0x3C)
        && !(["url(", "image-set", "expression", "javascript:", "behavior", "-moz-binding"] as [StaticString])
          .contains { holds(range, $0, in: text) }
    }
    return Array(kept.joined(separator: [0x3B]))
  }

  /// A style sheet whose `url()`s name nothing.
  private func withoutFiles(_ text: [UInt8]) -> [UInt8] {
    guard !holds(0..<text.count, "image-set", in: text) else { return [] }
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      if begins(index..<text.count, "url(", in: text) {
        result += Array("url()".utf8)
        while index < text.count, text[index] != 0x29 { index += 1 }
        index += 1
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }
}

extension HTMLTag {
  /// The element that a browser may see in place of this one; nil where only its content stays.
  fileprivate var sanitisedName: String? {
    switch self {
    case .abbr, .acronym, .address, .article, .aside, .a, .b, .bdi, .bdo, .big, .blockquote, .br, .caption, .center,
      .cite, .code, .col, .colgroup, .dd, .del, .details, .dfn, .dir, .div, .dl, .dt, .em, .figcaption, .figure, .font,
      .footer, .h1, .h2, .h3, .h4, .h5, .h6, .header, .hgroup, .hr, .i, .img, .ins, .kbd, .li, .main, .mark, .nobr, .ol,
      .p,
      .pre, .q, .rp, .rt, .ruby, .s, .samp, .section, .small, .span, .strike, .strong, .sub, .summary, .sup, .table,
      .tbody, .td, .tfoot, .th, .thead, .time, .tr, .tt, .u, .ul, .var, .wbr:
      name
    case .image: "img"
    case .body, .form, .fieldset, .nav, .menu: "div"
    case .listing: "pre"
    default: nil
    }
  }
}

extension HTMLAttribute {
  /// The attribute changes only how things look.
  fileprivate var isHarmless: Bool {
    switch self {
    case .align, .alt, .bgcolor, .border, .cellpadding, .cellspacing, .class, .color, .cols, .colspan, .dir, .face,
      .headers, .height, .hidden, .hspace, .id, .lang, .name, .nowrap, .role, .rows, .rowspan, .rules, .scope, .size,
      .span,
      .start, .summary, .title, .type, .valign, .value, .vspace, .width:
      true
    default: false
    }
  }
}
