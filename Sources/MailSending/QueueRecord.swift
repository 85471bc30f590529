internal import MailBytes

/// What is written down about a message when it is accepted, and never changed afterwards: the envelope, and what is to be
/// done once it has left.
public struct QueueRecord: Sendable, Equatable {
  /// The name of the entry.
  public var id = ""
  /// Seconds since 1970.
  public var created: Int64 = 0
  /// Not to be sent before; seconds since 1970.
  public var notBefore: Int64 = 0
  public var envelope = Envelope()
  public var message = Message()
  public var aftermath = Aftermath()
  public var place = Place()

  /// Who gets it, and how the servers are to answer. RFC 5321, section 2.3.1; RFC 3461.
  public struct Envelope: Sendable, Equatable {
    /// The envelope sender; empty for the sender of reports.
    public var sender = ""
    public var recipients: [Recipient] = []
    /// "never", or some of "success", "failure", "delay".
    public var notify: [String] = []
    /// "full" or "headers".
    public var returns: String?
    public var envelopeID: String?

    public init() {}
  }

  /// What is known of the file.
  public struct Message: Sendable, Equatable {
    public var size: Int64 = 0
    /// What is sent otherwise than it lies in the file and in the copy in Sent: without Bcc, and with the footer of the
    /// domain.
    public var edits: [Edit] = []
    /// Without angle brackets.
    public var messageID = ""
    /// For people.
    public var subject = ""

    public init() {}
  }

  /// Bytes that take the place of others on the way.
  public struct Edit: Sendable, Equatable {
    public var range: Range<Int64>
    public var bytes: [UInt8]

    public init(_ range: Range<Int64>, _ bytes: [UInt8] = []) {
      self.range = range
      self.bytes = bytes
    }
  }

  /// What is done when the message has left.
  public struct Aftermath: Sendable, Equatable {
    /// The copy in Sent.
    public var copy: Copy?
    /// Message-IDs of what it answers and forwards.
    public var replied: [String] = []
    public var forwarded: [String] = []
    /// The key of the draft it was.
    public var draft: String?

    public struct Copy: Sendable, Equatable {
      /// The directory of the folder.
      public var directory: String
      public var fileName: String

      public init(directory: String, fileName: String) {
        self.directory = directory
        self.fileName = fileName
      }
    }

    public init() {}
  }

  /// Which configuration, server and store it belongs to.
  public struct Place: Sendable, Equatable {
    /// The address of the identity.
    public var identity = ""
    /// The name of the outgoing server.
    public var server = ""
    /// The configuration, where another than the usual one was named.
    public var configuration: String?
    /// The store; nil where there is none.
    public var store: String?

    public init() {}
  }

  public init() {}
}

/// One who gets a message.
public struct Recipient: Sendable, Equatable, Hashable {
  public enum Kind: String, Sendable, CaseIterable { case mail, sms, fax }

  public var kind: Kind
  /// The address, or the number as it was given, with its domain.
  public var address: String

  public init(_ address: String, kind: Kind = .mail) {
    self.address = address
    self.kind = kind
  }
}

extension QueueRecord {
  static let firstLine = "postbag-queue 1"

  /// The record as it lies in the file: a line for each fact, `end` as the last.
  var text: String {
    var lines = [QueueRecord.firstLine, "id \(id)", "created \(created)", "not-before \(notBefore)"]
    func add(_ key: String, _ value: String?) { if let value { lines.append("\(key) \(escape(value))") } }
    add("sender", envelope.sender)
    for recipient in envelope.recipients { add("to \(recipient.kind.rawValue)", recipient.address) }
    if !envelope.notify.isEmpty { add("notify", envelope.notify.joined(separator: ",")) }
    add("return", envelope.returns)
    add("envelope-id", envelope.envelopeID)
    add("size", String(message.size))
    for edit in message.edits {
      let bytes = edit.bytes.isEmpty ? "" : " " + string(Base64.encode(edit.bytes.span))
      lines.append("edit \(edit.range.lowerBound) \(edit.range.upperBound)\(bytes)")
    }
    add("message-id", message.messageID)
    add("subject", message.subject)
    if let copy = aftermath.copy {
      add("copy-directory", copy.directory)
      add("copy-name", copy.fileName)
    }
    for id in aftermath.replied { add("replied", id) }
    for id in aftermath.forwarded { add("forwarded", id) }
    add("draft", aftermath.draft)
    add("identity", place.identity)
    add("server", place.server)
    add("configuration", place.configuration)
    add("store", place.store)
    return lines.joined(separator: "\n") + "\nend\n"
  }

  /// Reads the record at the start of `text`; the lines behind its end are what has happened since. Nil where it is none,
  /// or not whole.
  init?(parsing lines: inout ArraySlice<Substring>) {
    guard lines.popFirst().map(String.init) == QueueRecord.firstLine else { return nil }
    while let line = lines.popFirst() {
      if line == "end" {
        guard !id.isEmpty, !envelope.recipients.isEmpty else { return nil }
        return
      }
      let space = line.utf8.firstIndex(of: 0x20) ?? line.endIndex
      guard take(line[..<space], line[space...].dropFirst()) else { return nil }
    }
    return nil
  }

  /// False when the value is none for that key. Unknown keys are those of later versions.
  private mutating func take(_ key: Substring, _ value: Substring) -> Bool {
    func number() -> Int64? { Int64(value) }
    switch key {
    case "id": id = String(value)
    case "created": if let number = number() { created = number } else { return false }
    case "not-before": if let number = number() { notBefore = number } else { return false }
    case "size": if let number = number() { message.size = number } else { return false }
    case "sender": envelope.sender = unescape(value)
    case "to":
      let space = value.utf8.firstIndex(of: 0x20) ?? value.endIndex
      guard let kind = Recipient.Kind(rawValue: String(value[..<space])) else { return false }
      envelope.recipients.append(Recipient(unescape(value[space...].dropFirst()), kind: kind))
    case "notify": envelope.notify = unescape(value).split(separator: ",").map(String.init)
    case "return": envelope.returns = unescape(value)
    case "envelope-id": envelope.envelopeID = unescape(value)
    case "edit":
      let words = value.split(separator: " ")
      guard words.count >= 2, let start = Int64(words[0]), let end = Int64(words[1]), 0 <= start, start <= end else {
        return false
      }
      message.edits.append(Edit(start..<end, words.count > 2 ? Base64.decode(words[2].utf8.span) : []))
    case "message-id": message.messageID = unescape(value)
    case "subject": message.subject = unescape(value)
    case "copy-directory": aftermath.copy = Aftermath.Copy(directory: unescape(value), fileName: "")
    case "copy-name": aftermath.copy?.fileName = unescape(value)
    case "replied": aftermath.replied.append(unescape(value))
    case "forwarded": aftermath.forwarded.append(unescape(value))
    case "draft": aftermath.draft = unescape(value)
    case "identity": place.identity = unescape(value)
    case "server": place.server = unescape(value)
    case "configuration": place.configuration = unescape(value)
    case "store": place.store = unescape(value)
    default: break
    }
    return true
  }
}

/// `text` on one line: control characters and `%` as `%XX`.
func escape(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0x25 }) else { return text }
  var output: [UInt8] = []
  for byte in text.utf8 {
    if byte < 0x20 || byte == 0x7F || byte == 0x25 {
      output += [0x25, hexDigit(byte >> 4), hexDigit(byte)]
    } else {
      output.append(byte)
    }
  }
  return string(output)
}

/// What `escape` made `text` of.
func unescape(_ text: Substring) -> String {
  guard text.utf8.contains(0x25) else { return String(text) }
  let bytes = Array(text.utf8)
  var output: [UInt8] = []
  var index = 0
  while index < bytes.count {
    if bytes[index] == 0x25, index + 2 < bytes.count, let high = bytes[index + 1].hexDigitValue,
      let low = bytes[index + 2].hexDigitValue
    {
      output.append(high << 4 | low)
      index += 3
    } else {
      output.append(bytes[index])
      index += 1
    }
  }
  return string(output)
}
