/// An attribute name this library knows.
enum HTMLAttribute: UInt8, Sendable {
  case unknown
  case align, alt, background, bgcolor, border, cellpadding, cellspacing, checked, cite, `class`, color, cols
  case colspan, content, data, dir, face, headers, height, hidden, href, hspace, id, lang, longdesc, name
  case nowrap, poster, rel, role, rows, rowspan, rules, scope, size, span, src, srcset, start, style, summary
  case target, text, title, type, valign, value, vspace, width

  /// The name as HTML writes it.
  var name: String { htmlAttributeNames[Int(rawValue)] }
}
