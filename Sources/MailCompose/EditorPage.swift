internal import MailBytes
public import MailMIME

/// What the editor shows: the fields, an empty line, the text.
///
/// `Attach: FILE` attaches a file; `Attach: #1 …` is a part that the message has already, and goes when its line goes.
/// `Priority:`, `Receipt:` and `Format:` say what the options of the same names say.
public struct EditorPage {
  /// What is edited. Parts are numbered in its order.
  public let base: Composition

  public init(_ base: Composition) { self.base = base }

  /// The page.
  public var text: String {
    var output = ""
    func add(_ name: String, _ value: String) {
      output += value.isEmpty ? "\(name):\n" : "\(name): \(folded(oneLine(value)))\n"
    }
    add("From", base.addresses.from)
    add("To", base.addresses.to)
    add("Cc", base.addresses.cc)
    add("Bcc", base.addresses.bcc)
    add("Subject", base.subject)
    if !base.addresses.replyTo.isEmpty { add("Reply-To", base.addresses.replyTo) }
    if !base.thread.inReplyTo.isEmpty {
      add("In-Reply-To", base.thread.inReplyTo.map { "<\($0)>" }.joined(separator: " "))
    }
    if base.wishes.priority != .normal { add("Priority", base.wishes.priority == .high ? "high" : "low") }
    if base.wishes.requestsReceipt { add("Receipt", "yes") }
    if base.format != .flowed { add("Format", base.format.rawValue) }
    for field in base.fields { add(field.name, field.value) }
    var number = 0
    for attachment in base.attachments {
      switch attachment {
      case .file(let path): add("Attach", path)
      case .part(let part):
        number += 1
        add("Attach", "#\(number) \(label(of: part))")
      }
    }
    return output + "\n" + base.text
  }

  /// The line to begin at: To or Subject where that is empty, else the text, behind what it quotes.
  public var firstLine: Int {
    let all = lines(of: text)
    for name in ["To:", "Subject:"] {
      if name == "To:", !base.addresses.isWithoutRecipients { continue }
      if let place = all.firstIndex(where: { $0.elementsEqual(name.utf8) }) { return place + 1 }
    }
    let body = (all.firstIndex { $0.isEmpty } ?? 0) + 1
    guard base.format != .html else { return body + 1 }
    let isQuote = { (line: ArraySlice<UInt8>) in line.first == 0x3E }
    guard let first = all[body...].firstIndex(where: isQuote), first <= body + 2 else { return body + 1 }
    return (all[first...].firstIndex { !isQuote($0) } ?? all.count) + 2
  }

  /// Reads `page` back. A line above the text that is no field is an error with its number.
  public func read(_ page: String) throws(ComposeError) -> Composition {
    var reader = PageReader(base)
    var number = 0
    var rest = page.utf8[...]
    while !rest.isEmpty {
      number += 1
      let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
      var line = rest[..<end]
      if line.last == 0x0D { line = line.dropLast() }
      rest = end < rest.endIndex ? rest[rest.index(after: end)...] : rest[rest.endIndex...]
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { break }
      try reader.take(String(decoding: line, as: UTF8.self), number)
    }
    try reader.finishField()
    reader.result.text = withLineFeeds(String(decoding: rest, as: UTF8.self))
    return reader.finish()
  }
}

/// `value` on several lines where it has thousands of addresses: behind commas, where it reads back the same.
private func folded(_ value: String) -> String {
  guard value.utf8.count > 500 else { return value }
  var output: [UInt8] = []
  var column = 0
  var previous: UInt8 = 0
  for byte in value.utf8 {
    column += 1
    if byte == 0x20, previous == 0x2C, column > 70 {
      output += [0x0A, 0x09]
      column = 8
    } else {
      output.append(byte)
    }
    previous = byte
  }
  return String(decoding: output, as: UTF8.self)
}

/// What people call `part`: its name, type and size.
public func label(of part: BodyPart) -> String {
  let size: Int
  switch part.content {
  case .text(let text): size = text.utf8.count
  case .data(let bytes), .message(let bytes): size = bytes.count
  case .multipart: size = 0
  }
  let name = part.filename ?? part.contentType.mediaType
  return clean(size > 0 ? "\(name) (\(sizeText(size)))" : name)
}

/// The fields of a page as they come.
private struct PageReader {
  var result: Composition
  private let parts: [BodyPart]
  private let wasReply: Bool
  private var field: (name: String, value: String, line: Int)?

  init(_ base: Composition) {
    result = base
    parts = base.attachments.compactMap { if case .part(let part) = $0 { part } else { nil } }
    wasReply = !base.thread.inReplyTo.isEmpty
    result.addresses = .init()
    result.subject = ""
    result.fields = []
    result.attachments = []
    result.wishes.priority = .normal
    result.wishes.requestsReceipt = false
    result.format = .flowed
    result.thread.inReplyTo = []
  }

  mutating func take(_ line: String, _ number: Int) throws(ComposeError) {
    if line.first == " " || line.first == "\t", field != nil {
      field?.value += " " + trimmed(line)
      return
    }
    try finishField()
    guard let colon = line.utf8.firstIndex(of: 0x3A) else {
      throw .badField(
        line: number, text: line, reason: "is no field such as 'Subject: …'; the text begins below an empty line")
    }
    let name = trimmed(line[..<colon])
    guard isFieldName(name) else {
      throw .badField(
        line: number, text: line, reason: "is no field such as 'Subject: …'; the text begins below an empty line")
    }
    field = (name, trimmed(line[line.utf8.index(after: colon)...]), number)
  }

  mutating func finishField() throws(ComposeError) {
    guard let (name, value, line) = field else { return }
    field = nil
    switch name.lowercased() {
    case "attach": try attach(value, line)
    case "priority":
      guard let priority = Priority(word: value) else {
        throw .badField(line: line, text: "\(name): \(value)", reason: "must be high, normal or low")
      }
      result.wishes.priority = priority
    case "receipt": result.wishes.requestsReceipt = ["yes", "true", "1"].contains(value.lowercased())
    case "format":
      guard let format = Composition.Format(rawValue: value.lowercased()) else {
        throw .badField(line: line, text: "\(name): \(value)", reason: "must be flowed, markdown or html")
      }
      result.format = format
    default: try result.take(field: name, value)
    }
  }

  private mutating func attach(_ value: String, _ line: Int) throws(ComposeError) {
    guard value.hasPrefix("#") else {
      if !value.isEmpty { result.attachments.append(.file(value)) }
      return
    }
    let digits = value.dropFirst().prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), number > 0, number <= parts.count else {
      throw .unknownPart(line: line, text: value)
    }
    result.attachments.append(.part(parts[number - 1]))
  }

  /// Who takes In-Reply-To away begins a new conversation.
  func finish() -> Composition {
    var result = result
    if wasReply, result.thread.inReplyTo.isEmpty {
      result.thread.references = []
      result.thread.replied = []
    }
    return result
  }
}

extension Priority {
  /// What people call it.
  public init?(word: String) {
    switch word.lowercased() {
    case "high", "urgent", "1", "2": self = .high
    case "normal", "", "3": self = .normal
    case "low", "non-urgent", "4", "5": self = .low
    default: return nil
    }
  }
}
