internal import MailBytes
internal import MailMIME

/// So much of a report's fields is read, in octets, and so many blocks of them.
private let fieldLimit = 4 << 20
let blockLimit = 10_000

/// The parts of a multipart/report, wherever a list or a scanner wrapped it; what lies inside an embedded message is that
/// message's. RFC 6522, section 3.
struct ReportParts {
  /// The fields, a block each: the first one about the message, each other one about a recipient.
  let blocks: [Headers]
  /// The header of the message that is reported on, if it came back.
  let returned: Headers?

  /// The parts of `message` when it has a part of the type `message/KIND` or `message/global-KIND`.
  init?(_ message: Message, kind: String) {
    guard let (status, parent) = ReportParts.find(kind, in: message.root, depth: 0) else { return nil }
    blocks = ReportParts.blocks(of: status.decodedBody(limit: fieldLimit))
    returned = ReportParts.returnedHeader(behind: status, in: parent)
  }

  private static func find(_ kind: String, in part: Part, depth: Int) -> (status: Part, parent: Part?)? {
    guard part.contentType.isMultipart, depth < 4 else { return nil }
    for child in part.children {
      let type = child.contentType
      if type.type == "message", type.subtype == kind || type.subtype == "global-\(kind)" { return (child, part) }
      if let found = find(kind, in: child, depth: depth + 1) { return found }
    }
    return nil
  }

  /// Each block of lines that empty lines part from the next.
  private static func blocks(of body: [UInt8]) -> [Headers] {
    var blocks: [Headers] = []
    var start = 0
    var position = 0
    while position <= body.count, blocks.count < blockLimit {
      let end = findByte(0x0A, in: body.span, from: position, to: body.count)
      let isEmpty = body[position..<end].allSatisfy(\.isFoldingSpace)
      if isEmpty || end >= body.count {
        let stop = isEmpty ? position : end
        let block = body[start..<stop]
        if !block.allSatisfy(\.isFoldingSpace) {
          blocks.append(Message(parsingHeaderOf: Array(block) + [0x0A, 0x0A]).headers)
        }
        start = min(end + 1, body.count)
      }
      position = end + 1
    }
    return blocks
  }

  private static func returnedHeader(behind status: Part, in parent: Part?) -> Headers? {
    guard let parent else { return nil }
    let start = status.bodyRange.upperBound
    for part in parent.children where part.bodyRange.lowerBound >= start {
      if let inner = part.embeddedMessage { return inner.headers }
      if let inner = part.decodedMessage(limit: fieldLimit) { return inner.headers }
      let type = part.contentType.mediaType
      if type == "text/rfc822-headers" || type == "message/global-headers" || type == "text/rfc822-header" {
        return Message(parsingHeaderOf: part.decodedBody(limit: fieldLimit) + [0x0A, 0x0A]).headers
      }
    }
    return nil
  }
}

/// The message that a report is about: its Message-ID, without angle brackets, and its subject as far as they are known.
struct ReportSubject {
  var messageID: String?
  var subject: String?

  /// What `parts` tell, else what the header of the report itself refers to; `named` is what the fields of the report say.
  init(_ parts: ReportParts, report: Headers, named: String?) {
    // What the report refers to is the message itself (In-Reply-To), or stands last (References).
    messageID =
      named ?? parts.returned?.messageIDs("Message-ID").first ?? report.messageIDs("In-Reply-To").last
      ?? report.messageIDs("References").last
    subject = parts.returned?.text("Subject")
  }
}
