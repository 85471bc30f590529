public import MailStore

/// What is wanted of an import besides its sources.
public struct ImportOptions: Sendable, Equatable {
  /// Everything goes to this folder and those below it.
  public var folder: String?
  /// What the sources are; nil: what they look like.
  public var format: SourceFormat?
  /// Tags for all messages.
  public var tags: [String] = []
  /// Flags for all messages.
  public var add: MessageFlags = []
  /// Flags for no message.
  public var remove: MessageFlags = []
  /// What the store has already is left out.
  public var skipsDuplicates = false
  /// Larger messages are left out, in bytes.
  public var sizeLimit = defaultSizeLimit
  /// An import of the same that was interrupted is not gone on with.
  public var startsOver = false

  /// Where nothing is said, and at most, in bytes: a message is held in memory.
  public static let defaultSizeLimit = 1 << 30

  public init() {}

  /// What two imports have in common that are the same, besides their sources.
  var description: String {
    let parts = [folder ?? "", format?.rawValue ?? "", tags.joined(separator: ","), "\(skipsDuplicates)"]
    return parts.joined(separator: "\n") + "\n\(add.rawValue) \(remove.rawValue)"
  }
}

/// What an import has done, or would do.
public struct ImportSummary: Sendable, Equatable {
  public struct Folder: Sendable, Equatable {
    public let name: String
    /// It was not there before.
    public let isNew: Bool
    public var messages = 0
    public var bytes: Int64 = 0
  }

  /// The folders that got messages, in the order in which they got the first.
  public internal(set) var folders: [Folder] = []
  /// Messages left out because the store has them.
  public internal(set) var duplicates = 0
  /// Messages that the interrupted import had imported.
  public internal(set) var done = 0
  public internal(set) var tooLarge = 0
  public internal(set) var unreadable = 0
  /// Messages that were imported, but not whole.
  public internal(set) var incomplete = 0
  /// Messages that their program had deleted.
  public internal(set) var expunged = 0
  /// Messages whose folder can't be made.
  public internal(set) var homeless = 0
  /// Files that hold no mail.
  public internal(set) var foreignFiles = 0

  public init() {}

  public var messages: Int { folders.reduce(0) { $0 + $1.messages } }
  public var bytes: Int64 { folders.reduce(0) { $0 + $1.bytes } }

  mutating func count(_ messages: Int, bytes: Int64, in folder: String, isNew: Bool) {
    let place =
      folders.firstIndex { $0.name == folder }
      ?? {
        folders.append(Folder(name: folder, isNew: isNew))
        return folders.endIndex - 1
      }()
    folders[place].messages += messages
    folders[place].bytes += bytes
  }

  mutating func count(_ problem: SourceProblem) {
    switch problem {
    case .tooLarge: tooLarge += 1
    case .unreadable: unreadable += 1
    case .incomplete: incomplete += 1
    case .expunged: expunged += 1
    case .noMail: foreignFiles += 1
    }
  }
}
