public import MailConfiguration
internal import MailHTML
internal import MailMedia
internal import MailSystem

/// A line that says only this is where the signature goes.
let signaturePlace = "{signature}"

/// What stands under somebody's messages, read from the files that the configuration names.
public struct SignatureBlock: Sendable, Equatable {
  /// The lines, each ended by LF, without the mark `-- `.
  public var text: String
  /// The same in HTML; its images are paths. Nil where there is only the text.
  public var html: String?
  public var position: Configuration.Signature.Position

  /// A block of plain text.
  public init(text: String, html: String? = nil, position: Configuration.Signature.Position = .end) {
    self.text = text
    self.html = html
    self.position = position
  }

  /// The block that `signature` describes; nil where it says nothing. A leading `~/` of a path is `home`.
  public init?(_ signature: Configuration.Signature, home: String?) throws(ComposeError) {
    var text = signature.text
    if let file = signature.textFile { text = try Self.read(expandTilde(file, home: home)) }
    var html = signature.html
    var folder = home ?? "/"
    if let file = signature.htmlFile {
      let path = absolutePath(expandTilde(file, home: home))
      folder = parentDirectory(of: path)
      html = try Self.read(path)
    }
    html = html.map { Self.withPaths($0, folder: folder) }
    guard text != nil || html != nil else { return nil }
    self.html = html
    self.text = SignatureBlock.lines(text ?? html.map(Self.text(ofHTML:)) ?? "")
    position = signature.position
    if isBlank(self.text), html == nil { return nil }
  }

  /// The block in the file `path`: HTML if its name says so, else text.
  public init(file path: String) throws(ComposeError) {
    let path = absolutePath(path)
    let content = try Self.read(path)
    if path.lowercased().hasSuffix(".html") || path.lowercased().hasSuffix(".htm") {
      let html = Self.withPaths(content, folder: parentDirectory(of: path))
      self.init(text: Self.lines(Self.text(ofHTML: html)), html: html)
    } else {
      self.init(text: Self.lines(content))
    }
  }

  /// The block in HTML, made of the text where there is nothing else.
  var markup: String {
    let content = html ?? htmlLines(text)
    return "<div class=\"signature\">-- <br>\n\(content)\(content.hasSuffix("\n") ? "" : "\n")</div>\n"
  }

  /// The block as it stands in plain text, its mark above it.
  var marked: String { "\(signatureMark)\n\(text)" }

  private static func read(_ path: String) throws(ComposeError) -> String {
    do throws(SystemError) {
      return String(decoding: try readFile(path, limit: 1 << 20), as: UTF8.self)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
  }

  /// `text` ended by one LF, without a mark of its own.
  private static func lines(_ text: String) -> String {
    var lines = MailCompose.lines(of: text).map { String(decoding: $0, as: UTF8.self) }
    if let first = lines.first, first == signatureMark || first == "--" { lines.removeFirst() }
    while let last = lines.last, isBlank(last) { lines.removeLast() }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func text(ofHTML html: String) -> String {
    HTMLDocument(utf8: Array(html.utf8)).text(links: .inline).lines(width: 72).map { $0.text + "\n" }.joined()
  }

  /// `html` with the images that lie in `folder` by their whole paths.
  private static func withPaths(_ html: String, folder: String) -> String {
    mapImageSources(of: html) { source in
      let name = source.lowercased().hasPrefix("cid:") ? String(source.dropFirst(4)) : localPath(source)
      guard let name, !name.isEmpty else { return nil }
      return fileURL(name.hasPrefix("/") ? name : "\(folder)/\(name)")
    }
  }
}

/// `path` as an address that an image may have.
func fileURL(_ path: String) -> String {
  var output: [UInt8] = Array("file://".utf8)
  for byte in path.utf8 {
    let isSafe =
      (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x2D...0x39).contains(byte) || byte == 0x5F
      || byte == 0x7E || byte >= 0x80
    if isSafe {
      output.append(byte)
    } else {
      output += [0x25, hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
    }
  }
  return String(decoding: output, as: UTF8.self)
}

private let hexDigits = Array("0123456789ABCDEF".utf8)

/// `text` in HTML, line by line.
func htmlLines(_ text: String) -> String {
  lines(of: text).map { escapedHTML(String(decoding: $0, as: UTF8.self)) }.joined(separator: "<br>\n") + "\n"
}

extension Composition {
  /// Puts `block` where it belongs: at the mark where the text has one, else at the end if that is its place.
  ///
  /// With `isAsked` the user wants it in this message, whatever its usual place.
  public mutating func sign(with block: SignatureBlock, isAsked: Bool = false) {
    let signature = format == .html ? block.markup : block.marked
    if let place = markRange() {
      text.replaceSubrange(place, with: format == .html ? block.markup : block.text)
      return
    }
    guard isAsked || block.position == .end else { return }
    if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
    if format == .html {
      text += signature
    } else {
      // A blank line keeps Markdown from taking the mark for a heading's underline.
      text += (text.hasSuffix("\n\n") || text == "\n" ? "" : "\n") + signature
    }
  }

  /// Takes the mark for a signature out of the text.
  public mutating func removeSignaturePlace() {
    if let place = markRange() { text.removeSubrange(place) }
  }

  /// The line that says where the signature goes, with its line break.
  private func markRange() -> Range<String.Index>? {
    var start = text.startIndex
    while start < text.endIndex {
      let end = text.utf8[start...].firstIndex(of: 0x0A).map { text.utf8.index(after: $0) } ?? text.endIndex
      if trimmed(text[start..<end]) == signaturePlace { return start..<end }
      start = end
    }
    return nil
  }
}

/// `text` without the signature at its end, and that; nil where it has none.
func splitSignature(_ text: String) -> (body: String, signature: String?) {
  let all = lines(of: text)
  guard let place = all.lastIndex(where: { $0.elementsEqual(signatureMark.utf8) }) else { return (text, nil) }
  func joined(_ lines: ArraySlice<ArraySlice<UInt8>>) -> String {
    lines.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined()
  }
  return (joined(all[..<place]), joined(all[(place + 1)...]))
}

extension Composition {
  /// Puts `new` in the place of `old` at the end of the text, where the writer left that as it was.
  public mutating func exchange(_ old: SignatureBlock, by new: SignatureBlock?) {
    let ending = format == .html ? old.markup : old.marked
    guard text.hasSuffix(ending) else { return }
    text.removeLast(ending.count)
    if let new { sign(with: new, isAsked: true) }
  }
}
