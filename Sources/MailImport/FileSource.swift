internal import MailFormats
internal import MailMIME
internal import MailStore
internal import MailSystem

/// How much of a file tells what it is.
let headLength = 16_384

/// What Apple Mail writes behind a message is shorter than this.
private let roomForList: Int64 = 1 << 20

/// One file, of whatever kind.
struct FileSource {
  let path: String
  /// For people.
  let name: String
  var format: SourceFormat?
  /// The folder for its messages.
  var folder = SourceFolder()
  /// An mbox is a folder of its own, with this name below `folder`, unless it holds one message only.
  var ownFolder: SourceFolder?
  /// An mbox with one message is a folder all the same.
  var isFolderForSure = false

  /// What it is by its contents, or by what was said.
  func kind(_ head: [UInt8]) -> FileKind {
    switch format {
    case .eml, .mh: return .message
    case .emlx: return .emlx
    case .zip: return .zip
    case .mbox, .mboxo, .mboxrd, .mboxcl, .mboxcl2: return .mbox
    case .maildir, nil: break
    }
    let kind = FileKind(head.span)
    // A message whose first line is a number is rarer than one of these files.
    return kind == .emlx && !name.hasSuffix(".emlx") && looksLikeMessage(head.span) ? .message : kind
  }

  /// Hands its messages to `visitor`; false when it holds no mail.
  func read(_ visitor: any SourceVisitor) throws -> Bool {
    let file = try File(path)
    let status = try file.status()
    guard status.isRegular else { return false }
    var window = ByteWindow(reading: file, size: status.size)
    _ = try window.fill(to: headLength)
    let head = Array(window.bytes.prefix(headLength))
    switch kind(head) {
    case .empty: return false
    case .mbox:
      var source = MboxSource(name: name, variant: format?.variant, folder: ownFolder ?? folder)
      if ownFolder != nil, !isFolderForSure { source.folderOfSingle = folder }
      return try source.read(window, visitor)
    case .message, .emlx:
      if window.bytes.isEmpty { return false }
      if status.size > Int64(visitor.sizeLimit) + roomForList {
        visitor.note(.tooLarge(name: name, size: status.size))
      } else {
        try readWhole(window, visitor, modified: status.modificationTime / 1_000_000_000)
      }
    case .zip: try ZipFileSource(path: path, name: name, folder: folder).read(visitor)
    case .packed(let program): try readPacked(program, visitor)
    case .unknown: return false
    }
    return true
  }

  /// Reads one message, as it is or with a property list behind it; `modified` is the time of its file.
  func readWhole(_ window: ByteWindow, _ visitor: any SourceVisitor, modified: Int64? = nil) throws {
    var window = window
    let limit = visitor.sizeLimit + Int(roomForList)
    _ = try window.fill(to: limit + 1)
    if kind(Array(window.bytes.prefix(headLength))) == .emlx {
      try handEMLX(window.bytes, visitor)
    } else if window.bytes.count > visitor.sizeLimit {
      visitor.note(.tooLarge(name: name, size: Int64(window.bytes.count)))
    } else {
      try handMessage(window.bytes, modified, visitor)
    }
  }

  private func handMessage(_ bytes: [UInt8], _ modified: Int64?, _ visitor: any SourceVisitor) throws {
    let fields = MailboxFields(bytes.span, to: bytes.count)
    if fields.isExpunged { return visitor.note(.expunged) }
    var message = FoundMessage(bytes: bytes, folder: folder, name: name, order: 0, identity: path)
    message.received = fields.arrival.flatMap { plausible($0.seconds) } ?? modified
    message.order = message.received ?? 0
    message.apply(fields)
    try visitor.take(message)
  }

  func handEMLX(_ bytes: [UInt8], _ visitor: any SourceVisitor) throws {
    guard let mail = EMLX(bytes), !mail.bytes.isEmpty, !mail.isAbsurd else {
      return visitor.note(.unreadable(name: name, reason: "not an .emlx file"))
    }
    guard mail.bytes.count <= visitor.sizeLimit else {
      return visitor.note(.tooLarge(name: name, size: Int64(mail.bytes.count)))
    }
    if mail.marks.contains(.deleted) { return visitor.note(.expunged) }
    if name.hasSuffix(".partial.emlx") {
      visitor.note(.incomplete(name: name, reason: "its attachments lie in other files and are not imported"))
    } else if mail.isCut {
      visitor.note(.incomplete(name: name, reason: "shorter than it says"))
    }
    let fields = MailboxFields(mail.bytes.span, to: mail.bytes.count)
    var message = FoundMessage(bytes: mail.bytes, folder: folder, name: name, order: 0, identity: path)
    message.flags = MessageFlags(mail.marks)
    message.received = (mail.received ?? fields.arrival?.seconds).flatMap { plausible($0) }
    message.order = message.received ?? 0
    try visitor.take(message)
  }
}

extension ByteWindow {
  /// A window on a file of `size` bytes, from where it stands.
  init(reading file: consuming File, size: Int64 = .max) {
    let file = OpenFile(file, size: size)
    self.init { try file.read(into: &$0) }
  }
}

/// A file that a closure can hold.
private final class OpenFile {
  private let file: File
  private var rest: Int64

  init(_ file: consuming File, size: Int64) {
    self.file = file
    rest = size
  }

  /// Small files take no more memory than they need.
  func read(into buffer: inout [UInt8]) throws -> Bool {
    let piece = try file.readPiece(Int(min(max(rest, 4_096), 1 << 20)))
    rest -= Int64(piece.count)
    if buffer.isEmpty { buffer = piece } else { buffer += piece }
    return !piece.isEmpty
  }
}
