/// The file name of a message: `<key>[,S=<size>][,W=<size with CRLF>][,…]:2,<flags>`.
public struct MessageName: Sendable, Hashable {
  /// The key and its fields: everything before the first `:`.
  public let base: String
  public var flags: MaildirFlags
  /// Flag letters that we give no meaning, kept as they are.
  public let otherLetters: String
  /// The claim of `S=`: the size of the file in bytes.
  public let size: Int64?
  /// The claim of `W=`: the size in bytes with CRLF at the ends of lines.
  public let wireSize: Int64?
  private let keyLength: Int

  /// Reads a file name, without its directory. Every name can be read; what is missing stays empty.
  public init(_ fileName: String) {
    let bytes = Array(fileName.utf8)
    let fields = NameFields(bytes.span)
    base = String(decoding: bytes[..<fields.baseLength], as: UTF8.self)
    flags = fields.flags
    size = fields.size
    wireSize = fields.wireSize
    keyLength = fields.keyLength
    guard fields.hasOtherLetters else {
      otherLetters = ""
      return
    }
    let others = bytes[min(fields.baseLength + 3, bytes.count)...].filter { MaildirFlags(letter: $0).isEmpty }
    otherLetters = String(decoding: others, as: UTF8.self)
  }

  /// The name of a message of ours.
  public init(key: String, size: Int64, wireSize: Int64, flags: MaildirFlags = []) {
    base = "\(key),S=\(size),W=\(wireSize)"
    self.flags = flags
    self.size = size
    self.wireSize = wireSize
    otherLetters = ""
    keyLength = key.utf8.count
  }

  /// What stays the same through moves and flag changes: the part before the first `,` or `:`.
  public var key: String { String(decoding: base.utf8.prefix(keyLength), as: UTF8.self) }

  /// The name for a file in `cur/`, with its letters in order.
  public var fileName: String {
    var letters = Array(otherLetters.utf8)
    for (flag, letter) in MaildirFlags.letters where flags.contains(flag) { letters.append(letter) }
    letters.sort()
    return "\(base):2,\(String(decoding: letters, as: UTF8.self))"
  }

  /// The name for a file in `new/`, which carries flags only where it has some, as mbsync writes them.
  public var newFileName: String { flags.isEmpty && otherLetters.isEmpty ? base : fileName }

  /// The same name without the UID that mbsync writes (`,U=n`), which is wrong in any other folder.
  public var withoutForeignUID: MessageName {
    guard base.utf8.contains(UInt8(ascii: ",")) else { return self }
    let fields = base.split(separator: ",", omittingEmptySubsequences: false)
    let kept = fields.enumerated().filter { index, field in index == 0 || !field.hasPrefix("U=") }
    let suffix = ":2," + otherLetters
    var name = MessageName(kept.map(\.element).joined(separator: ",") + suffix)
    name.flags = flags
    return name
  }

  /// The same message under another key, for a copy.
  public func withKey(_ key: String) -> MessageName {
    let fields = String(decoding: base.utf8.dropFirst(keyLength), as: UTF8.self)
    var name = MessageName("\(key)\(fields):2,\(otherLetters)")
    name.flags = flags
    return name
  }
}
