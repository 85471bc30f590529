internal import MailMIME
internal import MailSystem

/// What the index keeps of a message's header.
struct EnvelopeRecord: Sendable {
  var date: Int64
  var received: Int64
  var size: Int64
  /// Marks found in the header; flags of the name come to it.
  var marks: MessageFlags = []
  var sender = ""
  var senderAddress = ""
  var recipients = ""
  var subject = ""
  /// The subject without "Re:" and the like, lower case; empty when it has none.
  var subjectKey = ""
  var messageID = ""
  /// The file is there and could not be read; it is tried again at the next occasion.
  var isUnreadable = false
  /// What the message reports on other ones.
  var reports: [ReportRecord] = []
  /// References, then In-Reply-To, oldest first, without repetition.
  var references: [String] = []
}

/// Reads the headers of message files. Several threads may use one at the same time.
struct EnvelopeReader: Sendable {
  /// The pieces in which a header is looked for: nearly all end within the first, and what is behind the last is ignored.
  static let pieces = [16 << 10, 256 << 10, 8 << 20]
  /// A list shows no more of the recipients.
  static let recipientLimit = 20
  /// A message that refers to more others than this is no conversation (the newest references stand last, and are kept).
  static let referenceLimit = 100

  /// The record of the message `arrival`; nil if the file is gone.
  func read(_ arrival: Arrival) -> EnvelopeRecord? {
    let path = arrival.folderPath + "/" + String(decoding: arrival.name, as: UTF8.self)
    let fallback = deliverySeconds(ofName: arrival.name[4...]) ?? 0
    for limit in EnvelopeReader.pieces {
      do {
        let (bytes, status) = try readFileWithStatus(path, limit: limit)
        guard status.isRegular else {
          return EnvelopeRecord(
            date: fallback, received: fallback, size: 0, subject: "(not a file)", isUnreadable: true)
        }
        if bytes.count < status.size, limit != EnvelopeReader.pieces.last, !EnvelopeReader.hasWholeHeader(bytes) {
          continue
        }
        var record = EnvelopeReader.record(
          of: bytes, received: status.modificationTime / 1_000_000_000, size: status.size)
        if record.marks.contains(.report) { record.reports = try ReportRecord.reports(in: path, of: record) }
        return record
      } catch {
        // A link that leads nowhere is there all the same.
        if error.isNotFound, (try? fileStatus(path, followLinks: false)) == nil { return nil }
        // It is there and can't be read: listed with what its name says.
        return EnvelopeRecord(
          date: fallback, received: fallback, size: 0, subject: "(\(error))", isUnreadable: true)
      }
    }
    return nil
  }

  /// The message `path` with its header alone; nil if the file is gone.
  static func header(ofFile path: String) throws(SystemError) -> Message? {
    for limit in pieces {
      do throws(SystemError) {
        let (bytes, status) = try readFileWithStatus(path, limit: limit)
        if bytes.count < status.size, limit != pieces.last, !hasWholeHeader(bytes) { continue }
        return Message(parsingHeaderOf: bytes)
      } catch {
        guard error.isNotFound else { throw error }
        return nil
      }
    }
    return nil
  }

  /// The record of a message whose header is in `bytes`, which has `size` bytes and came at `received`.
  static func record(of bytes: [UInt8], received: Int64, size: Int64) -> EnvelopeRecord {
    let message = Message(parsingHeaderOf: bytes)
    let envelope = Envelope(headerOf: message)
    var record = EnvelopeRecord(date: received, received: received, size: size)
    if let date = envelope.date, date > 0, date <= received + 86_400 { record.date = date }
    if let author = envelope.from.first ?? envelope.sender.first {
      record.sender = author.name ?? author.address
      record.senderAddress = author.address
    }
    record.recipients = envelope.to.prefix(EnvelopeReader.recipientLimit).map { $0.name ?? $0.address }
      .joined(separator: ", ")
    record.subject = envelope.subject
    record.subjectKey = baseSubject(envelope.subject)
    record.messageID = envelope.messageID ?? ""
    var seen: Set<String> = [record.messageID]
    for reference in envelope.references.suffix(EnvelopeReader.referenceLimit) + envelope.inReplyTo
    where seen.insert(reference).inserted {
      record.references.append(reference)
    }
    switch envelope.priority {
    case .high: record.marks.insert(.highPriority)
    case .low: record.marks.insert(.lowPriority)
    case .normal: break
    }
    if envelope.listID != nil { record.marks.insert(.list) }
    if envelope.mayHaveAttachment { record.marks.insert(.attachment) }
    if envelope.asksReceipt { record.marks.insert(.asksReceipt) }
    if envelope.isReport { record.marks.insert(.report) }
    return record
  }

  /// The empty line that ends a header is in `bytes`.
  private static func hasWholeHeader(_ bytes: [UInt8]) -> Bool {
    let span = bytes.span
    var lineIsEmpty = true
    for index in 0..<span.count {
      switch span[index] {
      case 0x0A:
        if lineIsEmpty { return true }
        lineIsEmpty = true
      case 0x0D: break
      default: lineIsEmpty = false
      }
    }
    return false
  }
}

/// The subject without the marks of answers and forwards ("Re:", "Fwd:", "AW[2]:", "[list]" before one of them), lower
/// case, with single spaces. RFC 5256, section 2.1, gives the idea; the words are those seen in mail of many languages.
func baseSubject(_ subject: String) -> String {
  var rest = Substring(subject.lowercased())
  while true {
    rest = rest.drop { $0 == " " || $0 == "\t" }
    guard let colon = rest.prefix(12).firstIndex(of: ":") else { break }
    var word = rest[..<colon]
    if word.last == "]", let bracket = word.lastIndex(of: "[") { word = word[..<bracket] }
    while word.last == " " { word = word.dropLast() }
    guard replyWords.contains(String(word)) else { break }
    rest = rest[rest.index(after: colon)...]
  }
  return rest.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r\n" }).joined(separator: " ")
}

private let replyWords: Set<String> = [
  "re", "aw", "antw", "sv", "vs", "ref", "rif", "odp", "fwd", "fw", "wg", "tr", "rv", "enc", "doorst", "vl", "回复",
  "答复", "转发",
]
