public import MailStore

/// What an archive says about its messages besides their bytes: the entry `postbag.json` of a zip file.
///
/// One JSON object a line (RFC 8259). The first says what the file is and which colours the tags have; each other one is a
/// message:
///
///     {"postbag":1,"messages":2,"tags":{"tax":"red"}}
///     {"file":"Work/2024-03-15 Invoice 3f9a2c.eml","folder":"Work","flags":"FRS","tags":["tax"],"received":1710489600}
///
/// Members that readers don't know are to be ignored.
public struct Manifest: Sendable, Equatable {
  /// The name of the entry.
  public static let entryName = "postbag.json"
  /// The version that is written, and the newest that can be read.
  static let version: Int64 = 1

  /// The colours of those tags that have one, by name.
  public var colours: [String: String] = [:]
  /// The messages in the order of the archive.
  public var messages: [Message] = []

  public init() {}

  /// A message of the archive.
  public struct Message: Sendable, Equatable {
    /// The name of the entry with its bytes.
    public var file: String
    /// The folder it was in, such as `Work/Projects`.
    public var folder: String
    /// What that folder was for, if it was one of the system's.
    public var role: FolderRole?
    /// The flags of the file name, and `recent` where no mail program had looked at it.
    public var flags: MessageFlags = []
    public var tags: [String] = []
    public var comment: String?
    /// When it came, seconds since 1970.
    public var received: Int64?
    /// The key of its file in the store.
    public var key: String?

    public init(file: String, folder: String) {
      self.file = file
      self.folder = folder
    }
  }
}

/// Why a manifest can't be used.
public enum ManifestError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The line, counted from 1, and what was expected there.
  case malformed(line: Int, String)
  /// Written by a version of Postbag that is newer than this one.
  case tooNew(Int64)

  public var description: String {
    switch self {
    case .malformed(let line, let expected): "\(Manifest.entryName): line \(line): \(expected) expected"
    case .tooNew(let version): "\(Manifest.entryName): written by a newer Postbag (form \(version))"
    }
  }
}

extension FolderRole {
  /// The role that `word` names in manifests, such as `trash`; nil for an unknown word.
  init?(word: String) {
    guard let role = FolderRole.allCases.first(where: { $0.word == word }) else { return nil }
    self = role
  }
}
