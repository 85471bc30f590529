internal import MailBytes
internal import MailHTML
internal import MailMIME

/// The fields of the original that stand above its text.
private let shownFields = ["From", "Date", "Subject", "To", "Cc"]

/// The lines above the text of a message that is passed on, without markup.
func forwardedHeader(_ headers: Headers) -> [String] {
  var result = ["---------- Forwarded message ----------"]
  for name in shownFields {
    let text: String
    switch name {
    case "Date": text = headers["Date"] == nil ? "" : shownDate(headers)
    case "Subject": text = headers.text(name) ?? ""
    default:
      let addresses = headers.addresses(name).map(\.display)
      // A message to thousands is not to begin with all of them.
      let more = addresses.count > 20 ? ["and \(addresses.count - 20) more"] : []
      text = (addresses.prefix(20) + more).joined(separator: ", ")
    }
    if !isBlank(text) { result.append("\(name): \(clean(text))") }
  }
  return result
}

/// `message` to be passed on in the text: its most important fields, then its text as it is.
func forwardedText(_ message: Message, isMarkdown: Bool = false) -> String {
  var paragraphs: [FlowedText.Paragraph] = []
  for part in OriginalText(message).plain {
    if !paragraphs.isEmpty { paragraphs.append(.init(text: "", isFlowed: false)) }
    paragraphs += part.paragraphs(links: .footnotes)
  }
  trimBlank(&paragraphs)
  if isMarkdown { for index in paragraphs.indices { paragraphs[index].text = withoutImages(paragraphs[index].text) } }
  let header = forwardedHeader(message.headers).map { $0 + "\n" }.joined()
  return header + "\n" + editorText(paragraphs)
}

extension BodyPart {
  /// A copy of `part` of a message that is there; nil for what means nothing outside of it, such as a signature.
  init?(copying part: Part) {
    let type = part.contentType
    var kept = type.parameters.filter { $0.name != "boundary" && $0.name != "name" }.map { ($0.name, $0.value) }
    let content: Content
    if part.embeddedMessage != nil {
      content = .message(Array(part.body))
      kept = []
    } else if type.isMultipart {
      let children = part.children.compactMap { BodyPart(copying: $0) }
      guard !children.isEmpty else { return nil }
      content = .multipart(children)
    } else {
      switch (type.type, type.subtype) {
      case ("application", "pgp-signature"), ("application", "pkcs7-signature"), ("application", "x-pkcs7-signature"):
        return nil
      default: content = .data(part.decodedBody())
      }
    }
    self.init(ContentType(type.type, type.subtype, parameters: kept), content)
    filename = part.filename
    disposition = part.disposition?.kind
    contentID = part.contentID
    description = part.headers.text("Content-Description")
  }
}

/// The attachments of `message`, to go along: all that is neither its text nor another form of it.
func attachments(of message: Message) -> [BodyPart] {
  let text = OriginalText(message)
  let shown = Set((text.plain + text.html).map(\.number))
  var result: [BodyPart] = []
  func walk(_ part: Part, _ depth: Int, isForm: Bool) {
    guard depth < 40, result.count < 1000 else { return }
    let type = part.contentType
    if type.isMultipart, !part.children.isEmpty {
      for child in part.children { walk(child, depth + 1, isForm: isForm || type.subtype == "alternative") }
      return
    }
    let isOther = type.type == "text" && !isForm && !shown.contains(part.number)
    guard part.isAttachment || part.embeddedMessage != nil || isOther, var copy = BodyPart(copying: part) else {
      return
    }
    copy.disposition = "attachment"
    copy.contentID = nil
    if copy.filename == nil { copy.filename = standardName(of: part) }
    result.append(copy)
  }
  walk(message.root, 0, isForm: false)
  return result
}

/// A file name for a part that has none.
private func standardName(of part: Part) -> String {
  if let root = part.embeddedMessage { return messageFileName(root.headers) }
  let type = part.contentType
  return type.type == "text" && type.subtype == "plain" ? "attachment.txt" : "attachment"
}

/// A file name made of a message's subject.
func messageFileName(_ headers: Headers) -> String {
  var name = ""
  for character in clean(headers.text("Subject") ?? "").prefix(60) {
    name.append(character == "/" || character == "\\" || character == ":" ? "-" : character)
  }
  name = trimmed(name)
  while name.hasPrefix(".") { name.removeFirst() }
  return (name.isEmpty ? "message" : name) + ".eml"
}
