internal import MailFormats
public import MailStore
internal import MailSystem

/// A message in an archive.
public struct ArchivedMessage: Sendable {
  /// Counted from 1, in the order of the archive.
  public let number: Int
  /// The name of its entry; empty in an mbox.
  public let file: String
  /// The folder it was in; empty where nothing tells.
  public var folder = ""
  public var role: FolderRole?
  public var flags: MessageFlags = []
  public var tags: [String] = []
  public var comment: String?
  /// When it came, seconds since 1970; nil where nothing tells.
  public var received: Int64?
}

/// An archive that is open for reading: a zip file of messages, of our making or another's, or an mbox.
public struct ArchiveReader {
  private enum Form {
    case zip(ZipArchive)
    case mbox(MboxArchive)
  }

  private let form: Form

  /// Opens the archive `path`.
  public init(_ path: String) throws {
    if isDirectory(path) { throw ArchiveError.unknownForm(path) }
    let head = try readFile(path, limit: 4_096)
    switch FileKind(head.span) {
    case .mbox: form = .mbox(MboxArchive(path: path))
    case .message, .emlx: throw ArchiveError.unknownForm(path)
    // An empty file is an mbox without messages.
    case .empty: form = .mbox(MboxArchive(path: path))
    case .zip, .packed, .unknown: form = .zip(try ZipArchive(path))
    }
  }

  /// What the archive holds and can't be read, as a person should be told.
  public var problems: [String] { if case .zip(let archive) = form { archive.problems } else { [] } }

  /// The colours of tags, by name, in the spelling of `TagColour`.
  public var colours: [String: String] { if case .zip(let archive) = form { archive.colours } else { [:] } }

  /// How many messages there are; nil where that is only known when all have been read.
  public var count: Int? { if case .zip(let archive) = form { archive.messages.count } else { nil } }

  /// The bytes of the message that `name` means: its number, the name of its entry, or the last part of that.
  public func read(_ name: String) throws -> [UInt8] {
    switch form {
    case .zip(let archive): try archive.read(name)
    case .mbox(let archive): try archive.read(name)
    }
  }

  /// Calls `body` with each message and what lists show of it; for one that can't be read, with the reason.
  public func forEachRow(_ body: (ArchivedMessage, Result<MessageRow, any Error>) throws -> Void) throws {
    switch form {
    case .zip(let archive): try archive.forEachRow(body)
    case .mbox(let archive): try archive.forEachRow(body)
    }
  }
}

extension ArchivedMessage {
  /// What lists show of the message, which has these bytes.
  func row(_ bytes: [UInt8]) -> MessageRow {
    let flags = comment == nil ? flags : flags.union(.commented)
    return MessageRow(describing: bytes, received: received ?? 0, flags: flags, tags: tags)
  }
}
