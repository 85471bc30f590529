internal import MailBytes
internal import MailMIME
internal import MailSystem

/// What the full-text index keeps of a message. Text is UTF-8, runs of Chinese, Japanese and Korean as overlapping pairs.
struct TextRecord: Sendable {
  /// What a person of the message is to it: the numbers in `correspondent.role`.
  enum Role: Int64, Sendable {
    case from = 1
    case sender, replyTo, to, cc, bcc
    /// The List-Id, taken as an address.
    case list
  }

  /// One address of the message, lower case.
  struct Correspondent: Sendable, Hashable {
    var address: String
    var role: Role

    /// The part behind the last @, or all of it where there is none.
    var domain: String {
      guard let at = address.lastIndex(of: "@") else { return address }
      return String(address[address.index(after: at)...])
    }
  }

  /// The text of the columns of the table `text`, in their order.
  var columns: [[UInt8]]
  var correspondents: [Correspondent]
  /// Those of `attachment`, `signed` and `encrypted` that hold.
  var marks: MessageFlags
}

/// A message whose text is to be indexed.
struct TextSource: Sendable {
  var id: Int64
  /// The absolute path of the file.
  var path: String
  var size: Int64
}

/// Reads the text of message files. Several threads may use one at the same time.
struct TextReader: Sendable {
  /// No more of a file is read: what stands behind is attachments, nearly always.
  static let fileLimit = 16 << 20
  /// No more text of a message is indexed.
  static let textLimit = 2 << 20
  /// No more addresses of a message are indexed, and no more of their text.
  static let addressLimit = 1000

  /// The text of `source`; nil if the file isn't there or can't be read.
  func read(_ source: TextSource) -> TextRecord? {
    // A file that has gone or can't be read is asked for again when the index is brought up to date next.
    guard let bytes = try? readFile(source.path, limit: TextReader.fileLimit) else { return nil }
    let message = Message(parsing: bytes)
    let envelope = Envelope(headerOf: message)
    let text = indexText(of: message, limit: TextReader.textLimit)
    var correspondents: [TextRecord.Correspondent] = []
    add(envelope.from, .from, to: &correspondents)
    add(envelope.sender, .sender, to: &correspondents)
    add(envelope.replyTo, .replyTo, to: &correspondents)
    add(envelope.to, .to, to: &correspondents)
    add(envelope.cc, .cc, to: &correspondents)
    add(envelope.bcc, .bcc, to: &correspondents)
    if let list = envelope.listID { correspondents.append(.init(address: list.lowercased(), role: .list)) }
    var marks: MessageFlags = []
    if text.hasAttachment { marks.insert(.attachment) }
    if text.isSigned { marks.insert(.signed) }
    if text.isEncrypted { marks.insert(.encrypted) }
    let columns = [
      Array(cjkBigrams(envelope.subject).utf8), words(envelope.from + envelope.sender + envelope.replyTo),
      words(envelope.to), words(envelope.cc + envelope.bcc), pairs(text.body), attachmentWords(text),
    ]
    return TextRecord(columns: columns, correspondents: Array(Set(correspondents)), marks: marks)
  }

  private func add(_ addresses: [Address], _ role: TextRecord.Role, to list: inout [TextRecord.Correspondent]) {
    for address in addresses.prefix(TextReader.addressLimit) where !address.address.isEmpty {
      list.append(.init(address: address.address.lowercased(), role: role))
    }
  }

  private func words(_ addresses: [Address]) -> [UInt8] {
    var bytes: [UInt8] = []
    for address in addresses.prefix(TextReader.addressLimit) {
      if let name = address.name { bytes += Array(cjkBigrams(name).utf8) + [UInt8(ascii: " ")] }
      bytes += Array(address.address.utf8) + [UInt8(ascii: "\n")]
    }
    return bytes
  }

  /// The text with Chinese, Japanese and Korean in pairs.
  private func pairs(_ text: [UInt8]) -> [UInt8] {
    if isASCII(text.span) { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count + text.count / 8)
    appendCJKBigrams(of: text.span, to: &bytes)
    return bytes
  }

  private func attachmentWords(_ text: IndexText) -> [UInt8] {
    var bytes: [UInt8] = []
    for name in text.attachmentNames { bytes += Array(cjkBigrams(name).utf8) + [UInt8(ascii: "\n")] }
    for type in Set(text.mediaTypes) {
      let word = mediaTypeWord(type)
      bytes += word + [UInt8(ascii: " ")]
      if let slash = type.firstIndex(of: "/") { bytes += mediaTypeWord(String(type[..<slash])) + [UInt8(ascii: " ")] }
    }
    return bytes
  }
}

/// The one word under which a media type is indexed: "mtapplicationpdf" for application/pdf.
public func mediaTypeWord(_ type: String) -> [UInt8] {
  Array("mt".utf8) + type.lowercased().utf8.filter { $0.isLetter || $0.isDigit }
}
