public import MailStore

/// A message that was found in a source, with what the source says about it.
public struct FoundMessage: Sendable {
  /// The message, as it will be stored.
  public var bytes: [UInt8]
  /// The folder it lies in there.
  public var folder: SourceFolder
  public var flags: MessageFlags = []
  /// No mail program has looked at the folder since it came.
  public var isRecent = false
  /// When it was received, seconds since 1970; nil when nothing tells.
  public var received: Int64?
  public var tags: [String] = []
  public var comment: String?
  /// Where it is, for people: `old.mbox: message at byte 1200`.
  public var name: String
  /// Messages of one folder are numbered in the store in the order of this: a place in a file, or the time of arrival.
  public var order: Int64
  /// What tells it from all others of the same order, whatever becomes of its flags: a path, or a key.
  public var identity: String = ""
}

/// A folder as a source has it.
public struct SourceFolder: Sendable, Hashable {
  /// The names from the outermost to its own; empty for the source itself.
  public var path: [String]
  /// What it is for, where the source says so.
  public var role: FolderRole?
  /// The name is one of ours: a folder called Spam is not the one for unwanted mail unless `role` says so.
  public var isOurs = false

  public init(_ path: [String] = [], role: FolderRole? = nil, isOurs: Bool = false) {
    self.path = path
    self.role = role
    self.isOurs = isOurs
  }

  /// The folder `name` below this one.
  func below(_ name: String) -> SourceFolder { SourceFolder(path + [name]) }
}

/// What was not imported, or not as it should be, and is no reason to stop.
public enum SourceProblem: Sendable, Equatable {
  /// Larger than the limit; its size in bytes.
  case tooLarge(name: String, size: Int64)
  /// It can't be read; why. Nothing of it is imported.
  case unreadable(name: String, reason: String)
  /// It is imported, but something is missing; what.
  case incomplete(name: String, reason: String)
  /// The program that wrote the mailbox had deleted it.
  case expunged
  /// A file that holds no mail.
  case noMail(name: String)
}

/// Who is told what a source holds.
public protocol SourceVisitor: AnyObject {
  /// Takes one message. What it throws ends the reading.
  func take(_ message: FoundMessage) throws
  /// Notes what is not taken.
  func note(_ problem: SourceProblem)
  /// Notes that the source has been read as far as this many bytes from its beginning.
  func advance(to bytes: Int64) throws
  /// Larger messages are not taken, in bytes.
  var sizeLimit: Int { get }
}
