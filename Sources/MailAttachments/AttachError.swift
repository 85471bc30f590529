internal import MailBytes
public import MailMIME
public import MailSystem

/// Why something can't be attached.
public enum AttachError: Error, Sendable, CustomStringConvertible {
  /// The system said no.
  case system(SystemError)
  /// A directory is no file.
  case isDirectory(String)
  /// All attachments together have more than `limit` octets.
  case tooLarge(String, limit: Int)
  /// A file became shorter while it was read.
  case changed(String)
  /// Parts of this type can't be made of a file.
  case badType(String)
  /// Nothing can be added to the message.
  case refused(AdditionRefusal)

  public var description: String {
    switch self {
    case .system(let error): error.description
    case .isDirectory(let path): "\(path): is a directory"
    case .tooLarge(let path, let limit): "\(path): the attachments would be larger than \(sizeText(limit))"
    case .changed(let path): "\(path): changed while it was read"
    case .badType(let type): "\(type): is no type that a file can have"
    case .refused(.signed(let method)):
      "the message is signed with \(method): an attachment would break the signature"
    case .refused(.sealed(let method)): "the message is sealed with \(method): nothing can be added to it"
    }
  }
}
