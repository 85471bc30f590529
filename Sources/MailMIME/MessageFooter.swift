internal import MailBytes

/// Text that all mail of a domain ends with.
public struct MessageFooter: Sendable, Hashable {
  /// The lines below a text, without an empty line at either end.
  public let text: String
  /// The markup below an HTML text.
  public let html: String

  /// A footer of `text` and `html`; what is missing of them is made of the other. Nil when nothing is left to be shown.
  public init?(text: String?, html: String? = nil) {
    var lines = (text ?? "").utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      var bytes = Array(line)
      while let last = bytes.last, last.isFoldingSpace { bytes.removeLast() }
      return string(bytes)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    while lines.first?.isEmpty == true { lines.removeFirst() }
    let markup = html.map { string(trimmedBytes(Array($0.utf8))) } ?? ""
    if lines.isEmpty {
      var plain: [UInt8] = []
      appendHTMLText(markup.utf8.span, to: &plain)
      lines = string(trimmedBytes(plain)).utf8.split(separator: 0x0A).map { String(Substring($0)) }
    }
    guard !lines.isEmpty else { return nil }
    self.text = lines.joined(separator: "\n")
    self.html = markup.isEmpty ? lines.map(escapedHTML).joined(separator: "<br>\n") : asciiHTML(markup)
  }
}

/// What putting a footer into a message comes to.
public enum FooterResult: Sendable, Equatable {
  /// The edits that put it there, by place and none over another; everything between them stays byte for byte.
  case added([MessageEdit])
  /// The message ends with it already.
  case present
  /// The message is encrypted, or signed in one piece, and nothing can be put into it; "OpenPGP" or "S/MIME".
  case sealed(String)
  /// The message is a report of a mail system, or a text for programs alone, and gets none.
  case unfit
}

/// Octets that take the place of others.
public struct MessageEdit: Sendable, Equatable {
  /// Which octets of the message go.
  public var range: Range<Int>
  /// What comes there.
  public var bytes: [UInt8]
}

extension Message {
  /// How `footer` comes into the message: below the last text that people read, in each of its alternatives, plain and
  /// HTML, in the part's own transfer encoding and, where its letters allow it, charset. Attachments and embedded messages
  /// stay as they are. A message that is signed and ends without the footer is put whole beside it, so that the signature
  /// stays good; one that is encrypted can have none. What has the footer stays as it is, so that doing it twice does no
  /// harm.
  public func adding(_ footer: MessageFooter) -> FooterResult {
    let plan = FooterPlan(root)
    switch plan.kind {
    case .unfit: return .unfit
    case .sealed(let method): return .sealed(method)
    case .beside:
      return ends(with: footer) ? .present : .added(wrapping(with: footer))
    case .inside: break
    }
    var edits: [MessageEdit] = []
    for part in plan.texts {
      // What is encoded in a way that nobody knows can't be added to.
      guard let text = FooterText(part, footer) else { return .added(wrapping(with: footer)) }
      if !text.isPresent { edits += text.edits }
    }
    if edits.isEmpty { return .present }
    edits.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    // A message so damaged that its parts would be others afterwards is put beside the footer.
    let result = Message(parsing: applying(edits))
    return isSame(result) && result.ends(with: footer) ? .added(edits) : .added(wrapping(with: footer))
  }

  /// The octets of the message after `edits`.
  public func applying(_ edits: [MessageEdit]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.bytes.count })
    var position = 0
    for edit in edits {
      result += bytes[position..<edit.range.lowerBound]
      result += edit.bytes
      position = edit.range.upperBound
    }
    result += bytes[position...]
    return result
  }

  /// Whether each alternative of the last text ends with `footer`.
  private func ends(with footer: MessageFooter) -> Bool {
    let texts = FooterPlan(root).texts
    return !texts.isEmpty && texts.allSatisfy { FooterText($0, footer)?.isPresent ?? false }
  }

  /// Whether `other` has the same parts, of the same types.
  private func isSame(_ other: Message) -> Bool {
    let (before, after) = (allParts, other.allParts)
    return before.count == after.count
      && zip(before, after).allSatisfy { $0.contentType.mediaType == $1.contentType.mediaType }
  }
}

/// `bytes` without white space at its ends.
func trimmedBytes(_ bytes: [UInt8]) -> [UInt8] {
  guard let first = bytes.firstIndex(where: { !$0.isFoldingSpace }) else { return [] }
  let last = bytes.lastIndex { !$0.isFoldingSpace } ?? first
  return Array(bytes[first...last])
}

/// `text` as it stands in HTML, in ASCII alone.
private func escapedHTML(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return asciiHTML(result)
}

/// `html` with a reference for each letter beyond ASCII, so that it fits into every charset.
private func asciiHTML(_ html: String) -> String {
  var result = ""
  for scalar in html.unicodeScalars {
    if scalar.isASCII { result.unicodeScalars.append(scalar) } else { result += "&#\(scalar.value);" }
  }
  return result
}
