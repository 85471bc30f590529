/// An element name this library knows; every other name is `unknown` and its tag is ignored.
enum HTMLTag: UInt8, Sendable {
  case unknown
  case a, abbr, acronym, address, applet, area, article, aside, audio
  case b, base, basefont, bdi, bdo, bgsound, big, blink, blockquote, body, br, button
  case canvas, caption, center, cite, code, col, colgroup
  case data, datalist, dd, del, details, dfn, dialog, dir, div, dl, dt
  case em, embed
  case fieldset, figcaption, figure, font, footer, form, frame, frameset
  case h1, h2, h3, h4, h5, h6, head, header, hgroup, hr, html
  case i, iframe, image, img, input, ins, isindex
  case kbd, keygen, label, legend, li, link, listing
  case main, map, mark, marquee, math, menu, meta, meter
  case nav, nobr, noembed, noframes, noscript
  case object, ol, optgroup, option, output
  case p, param, picture, plaintext, pre, progress
  case q, rp, rt, ruby
  case s, samp, script, section, select, small, source, span, strike, strong, style, sub, summary, sup, svg
  case table, tbody, td, template, textarea, tfoot, th, thead, time, title, tr, track, tt
  case u, ul, `var`, video, wbr, xmp
}

extension HTMLTag {
  /// How the content of an element is tokenised. HTML, section 13.2.5.
  enum Content {
    /// Markup and text.
    case normal
    /// Text up to the end tag, without character references.
    case raw
    /// Text up to the end tag, with character references.
    case escapable
  }

  /// What stands between the start and the end tag.
  var content: Content {
    switch self {
    case .script, .style, .iframe, .noembed, .xmp: .raw
    case .title, .textarea: .escapable
    default: .normal
    }
  }

  /// The element never has content or an end tag.
  var isVoid: Bool {
    switch self {
    case .area, .base, .basefont, .bgsound, .br, .col, .embed, .frame, .hr, .image, .img, .input, .isindex, .keygen,
      .link, .meta, .param, .source, .track, .wbr:
      true
    default: false
    }
  }

  /// The element that stands for this one where only the structure of the text counts; nil if it has none.
  var structure: HTMLTag? {
    switch self {
    case .address, .article, .aside, .button, .center, .details, .dialog, .div, .fieldset, .figcaption, .figure,
      .footer, .form, .header, .hgroup, .legend, .main, .nav, .section, .summary, .optgroup:
      .div
    case .dir, .menu, .ul: .ul
    case .listing, .pre: .pre
    case .blockquote, .dl, .h1, .h2, .h3, .h4, .h5, .h6, .ol, .table: self
    default: nil
    }
  }

  /// A piece of a table, a list item or a paragraph: HTML closes these by itself.
  var closesItself: Bool {
    switch self {
    case .p, .li, .dd, .dt: true
    default: isTablePiece
    }
  }

  /// A row, a cell or a group of rows.
  var isTablePiece: Bool {
    switch self {
    case .tr, .td, .th, .tbody, .thead, .tfoot, .caption: true
    default: false
    }
  }

  /// The name as HTML writes it.
  var name: String { htmlTagNames[Int(rawValue)] }
}
