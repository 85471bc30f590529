internal import MailHTML
internal import MailMIME
internal import MailMarkdown
internal import MailMedia

extension Composition {
  /// The body: the text, as HTML too where it has a form, and what goes along.
  func body(_ context: BuildContext) throws -> BodyPart {
    var files: [BodyPart] = []
    var inline: [BodyPart] = []
    for attachment in attachments {
      let part: BodyPart
      switch attachment {
      case .file(let path): part = try context.files.part(path, in: context.directory)
      case .part(let known): part = known
      }
      let isInline = format != .flowed && part.contentID != nil && part.disposition != "attachment"
      if isInline { inline.append(part) } else { files.append(part) }
    }
    let text = try textPart(context, inline: &inline)
    files += inline
    return files.isEmpty ? text : .multipart("mixed", [text] + files)
  }

  /// The text in all its forms; images that it shows are taken out of `inline`.
  private func textPart(_ context: BuildContext, inline: inout [BodyPart]) throws -> BodyPart {
    let plain: [FlowedText.Paragraph]
    let html: String
    switch format {
    case .flowed: return flowedPart(flowedParagraphs(text))
    case .markdown:
      plain = flowedParagraphs(text)
      html = markdownPage(context)
    case .html:
      html = isPage(text) ? text : htmlPage(text.hasSuffix("\n") || text.isEmpty ? text : text + "\n")
      plain = plainText(ofHTML: html)
    }
    let from = context.identities.standard.address
    var images = InlineImages(
      directory: context.directory, host: domain(of: addresses.from) ?? domain(of: from) ?? "postbag.invalid")
    var shown: [BodyPart] = []
    let linked = try mapImageSources(of: html) { source in
      if source.lowercased().hasPrefix("cid:") {
        let id = source.dropFirst(4)
        if let place = inline.firstIndex(where: { $0.contentID.map { $0 == id } ?? false }) {
          shown.append(inline.remove(at: place))
        }
        return nil
      }
      do {
        return try images.address(of: source)
      } catch {
        throw ComposeError.unreadable(path: localPath(source) ?? source, reason: "\(error)")
      }
    }
    for image in images.images { image.advice.map(context.warn) }
    return .multipart(
      "alternative", [flowedPart(plain), related(html: .text(linked, subtype: "html"), images: shown + images.parts)])
  }

  private func flowedPart(_ paragraphs: [FlowedText.Paragraph]) -> BodyPart { .flowed(paragraphs) }

  /// The Markdown as a page, the signature below it in its own HTML where the writer left it as it was.
  private func markdownPage(_ context: BuildContext) -> String {
    let (body, signature) = splitSignature(text)
    var html = Markdown(body).html
    if let signature {
      let block = context.signature.flatMap { $0.text == signature ? $0 : nil } ?? SignatureBlock(text: signature)
      html += block.markup
    }
    return htmlPage(html)
  }

  private func domain(of from: String) -> String? {
    let domain = parseAddressList(from).first?.addresses.first.map { String($0.domain) } ?? ""
    return domain.isEmpty ? nil : domain
  }
}

/// `text` is a whole document of HTML.
private func isPage(_ text: String) -> Bool {
  let start = trimmed(text.prefix(2000)).lowercased()
  return start.hasPrefix("<!doctype") || start.hasPrefix("<html")
}

/// What a document of HTML says, as paragraphs of flowed text.
private func plainText(ofHTML html: String) -> [FlowedText.Paragraph] {
  var paragraphs = HTMLDocument(utf8: Array(html.utf8), limit: 32 << 20).text(links: .footnotes).paragraphs
  trimBlank(&paragraphs)
  return paragraphs
}
