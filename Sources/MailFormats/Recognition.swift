internal import MailBytes

/// What a file is by how it begins.
public enum FileKind: Sendable, Equatable {
  /// Nothing in it.
  case empty
  /// One message.
  case message
  /// `From ` lines, and a message behind each.
  case mbox
  case emlx
  case zip
  /// Packed by gzip, bzip2, xz or zstd; the program that unpacks it.
  case packed(String)
  /// Nothing that holds mail.
  case unknown

  /// Tells by the first bytes of a file, some thousand of them.
  public init(_ head: Span<UInt8>) {
    var start = 0
    if begins(head, 0, head.count, with: "\u{FEFF}") { start = 3 }
    while start < head.count, head[start] == 0x0A || head[start] == 0x0D { start += 1 }
    if start == head.count {
      self = .empty
    } else if begins(head, 0, head.count, with: "PK\u{3}\u{4}") || begins(head, 0, head.count, with: "PK\u{5}\u{6}") {
      self = .zip
    } else if let program = FileKind.packer(head) {
      self = .packed(program)
    } else if begins(head, start, head.count, with: "From ") {
      let end = findByte(0x0A, in: head, from: start, to: head.count)
      let body = min(end + 1, head.count)
      let isMailbox =
        FromLine(head.extracting(start..<end)) != nil || looksLikeMessage(head.extracting(body..<head.count))
      self = isMailbox ? .mbox : .unknown
    } else if EMLX.isRecognised(head) {
      self = .emlx
    } else {
      self = looksLikeMessage(head.extracting(start..<head.count)) ? .message : .unknown
    }
  }

  private static func packer(_ head: Span<UInt8>) -> String? {
    let magics: [([UInt8], String)] = [
      ([0x1F, 0x8B], "gzip"), (Array("BZh".utf8), "bzip2"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz"),
      ([0x28, 0xB5, 0x2F, 0xFD], "zstd"),
    ]
    return magics.first { magic, _ in
      head.count >= magic.count && magic.indices.allSatisfy { head[$0] == magic[$0] }
    }?.1
  }
}

/// `head` begins as a message does: with a header field, and one that nearly every message has is among the first.
public func looksLikeMessage(_ head: Span<UInt8>) -> Bool {
  var lines = HeaderLines(from: 0, to: head.count)
  var count = 0
  while count < 60, let line = lines.next(in: head) {
    // QUIRK: a `From ` line of another mailbox may be left over, quoted.
    if count == 0, line.lines.lowerBound > 0, !begins(head, 0, head.count, with: ">From ") { return false }
    count += 1
    if isCommonField(head, line.name) { return true }
  }
  return false
}

private func isCommonField(_ bytes: Span<UInt8>, _ name: Range<Int>) -> Bool {
  guard (2...26).contains(name.count) else { return false }
  var lower: [UInt8] = []
  for index in name { lower.append(bytes[index].lowercasedASCII) }
  return commonFields.contains(string(lower))
}

/// Fields of which nearly every message has one.
private let commonFields: Set<String> = [
  "from", "to", "cc", "bcc", "subject", "date", "received", "return-path", "message-id", "mime-version", "sender",
  "delivered-to", "reply-to", "x-mozilla-status", "content-type", "in-reply-to", "newsgroups", "resent-from",
  "dkim-signature", "x-original-to", "envelope-to",
]
