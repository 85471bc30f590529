internal import MailFormats
public import MailStore
internal import MailSystem

/// An archive of one of the forms that can be read.
protocol OpenArchive {
  var problems: [String] { get }
  var colours: [String: String] { get }
  var count: Int? { get }
  func read(_ name: String) throws -> [UInt8]
  func forEachRow(_ body: (ArchivedMessage, Result<MessageRow, any Error>) throws -> Void) throws -> Int
}

/// An archive that is open for reading: a zip file of messages, of our making or another's, an mbox, or a Maildir.
public struct ArchiveReader {
  private let archive: any OpenArchive

  /// Opens the archive `path`.
  public init(_ path: String) throws {
    if isDirectory(path) {
      archive = try MaildirArchive(path)
      return
    }
    let head = try readFile(path, limit: 16_384)
    switch FileKind(head.span) {
    // An empty file is an mbox without messages.
    case .mbox, .empty: archive = MboxArchive(path: path)
    case .message, .emlx: throw ArchiveError.unknownForm(path)
    case .zip, .packed, .unknown: archive = try ZipArchive(path)
    }
  }

  /// What the archive holds and can't be read, as a person should be told.
  public var problems: [String] { archive.problems }

  /// The colours of tags, by name, in the spelling of `TagColour`.
  public var colours: [String: String] { archive.colours }

  /// How many messages there are; nil where that is only known when all have been read.
  public var count: Int? { archive.count }

  /// The bytes of the message that `name` means: its number, its name in the archive, or the last part of that.
  public func read(_ name: String) throws -> [UInt8] { try archive.read(name) }

  /// Calls `body` with each message and what lists show of it; for one that can't be read, with the reason. Gives the number
  /// of files in the archive that are no mail.
  public func forEachRow(
    _ body: (ArchivedMessage, Result<MessageRow, any Error>) throws -> Void
  ) throws -> Int {
    try archive.forEachRow(body)
  }
}
