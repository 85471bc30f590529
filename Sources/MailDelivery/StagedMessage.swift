internal import MailBytes
internal import MailMIME
internal import MailSystem

/// A message that has come in: its head in memory, all of it in a file in `tmp/`, nothing visible yet.
public struct StagedMessage: Sendable {
  /// The file in `tmp/`.
  public let path: String
  /// The head as it will be stored, with its trace fields; at most a mebibyte.
  public let head: [UInt8]
  /// The bytes of the file.
  public let size: Int64
  /// Where the body begins in the file.
  public let bodyOffset: Int64
  /// The envelope sender, as far as anyone has said; empty for the empty sender.
  public let sender: String?
  /// The address it was sent to, if given.
  public let recipient: String?
  /// It has been here before: it must not be sent on.
  public let isLooping: Bool

  /// The value of `Message-ID`, without the space around it; nil when there is none.
  var messageID: [UInt8]? {
    let block = HeaderBlock(head)
    return block.fields(named: "Message-ID").first.map { Array(block.value(of: $0)) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A hash of `Message-ID` and body: of the digests of pieces of 64 kB, so that the body is never held in memory.
  func digest(_ hash: KeyedHash) throws(SystemError) -> UInt64? {
    guard var bytes = messageID else { return nil }
    let file = try File(path)
    try file.seek(to: bodyOffset)
    while true {
      let piece = try readToEnd(file.descriptor, limit: 65_536, path: path)
      if piece.isEmpty { break }
      unsafe withUnsafeBytes(of: hash.hash(piece.span).littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }
    return hash.hash(bytes.span)
  }
}
