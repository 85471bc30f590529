internal import MailBytes
internal import MailHTML
public import MailMIME

/// A line for each of `parts`: number, name, type and size, in columns.
func attachmentLines(of parts: [Part], width: Int) -> [ViewLine] {
  let rows = parts.map { part in
    (
      number: part.number, name: attachmentName(of: part), type: clean(part.contentType.mediaType),
      size: sizeText(decodedSize(of: part))
    )
  }
  let numberWidth = rows.reduce(0) { max($0, $1.number.utf8.count) }
  let nameWidth = min(rows.reduce(0) { max($0, displayWidth($1.name)) }, max(width - numberWidth - 40, 20))
  let typeWidth = min(rows.reduce(0) { max($0, $1.type.utf8.count) }, 40)
  return rows.map { row in
    let label = "[\(row.number)]" + String(repeating: " ", count: numberWidth - row.number.utf8.count + 1)
    let name = row.name + String(repeating: " ", count: max(nameWidth - displayWidth(row.name), 0))
    let type = row.type + String(repeating: " ", count: max(typeWidth - row.type.utf8.count, 0))
    return ViewLine(.attachment, "\(name)  \(type)  \(row.size)", label: label)
  }
}

/// The name that a part bears, or one that says what it is.
func attachmentName(of part: Part) -> String {
  if let name = part.filename { return clean(name) }
  if let root = part.embeddedMessage, let subject = root.headers.text("Subject"), !subject.isEmpty {
    return clean(subject)
  }
  if let description = part.headers.text("Content-Description"), !description.isEmpty { return clean(description) }
  return "unnamed"
}

/// The size of a part without its transfer encoding, reckoned without decoding it.
public func decodedSize(of part: Part) -> Int {
  let body = part.body
  guard part.transferEncoding == .base64 else { return body.count }
  let lineEnd = body.prefix(200).firstIndex(of: 0x0A) ?? body.endIndex
  let line = lineEnd - body.startIndex
  guard lineEnd < body.endIndex, line > 0 else { return body.count / 4 * 3 }
  let letters = body[body.startIndex + line - 1] == 0x0D ? line - 1 : line
  return body.count * letters / (line + 1) * 3 / 4
}

/// What stays of a removed part, in words.
func traceNotice(_ trace: PartTrace, number: String) -> String {
  let name = trace.name.map { ", \(clean($0))," } ?? ""
  let size = trace.size.map { ", \(sizeText($0))" } ?? ""
  let date = trace.removed.map { " on \($0.rfc5322)" } ?? ""
  return "Part \(number)\(name) (\(clean(trace.mediaType))\(size)) was removed\(date)."
}

/// `3 remote images and 1 style sheet were not loaded.`
func remoteNotice(_ references: [RemoteReference]) -> String {
  var counts: [(count: Int, one: String, many: String)] = [
    (0, "remote image", "remote images"), (0, "remote style sheet", "remote style sheets"),
    (0, "remote frame or file", "remote frames or files"), (0, "remote script", "remote scripts"),
  ]
  for reference in references {
    switch reference.kind {
    case .image: counts[0].count += 1
    case .style: counts[1].count += 1
    case .media: counts[2].count += 1
    case .script: counts[3].count += 1
    }
  }
  let parts = counts.filter { $0.count > 0 }.map { "\($0.count) \($0.count == 1 ? $0.one : $0.many)" }
  let list =
    parts.count > 1 ? parts.dropLast().joined(separator: ", ") + " and " + (parts.last ?? "") : parts.first ?? ""
  return "\(list) \(references.count == 1 ? "was" : "were") not loaded."
}
