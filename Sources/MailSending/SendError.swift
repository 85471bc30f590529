public import MailSystem

/// Why a message can't be sent, or the queue can't be used.
public enum SendError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What came in is no message that can go anywhere.
  case badMessage(String)
  /// Something that was given as an address is none.
  case badAddress(String, reason: String)
  /// Nobody is to get it.
  case noRecipients
  /// It is larger than the limit, in bytes.
  case tooLarge(limit: Int64)
  /// There are more recipients than the limit.
  case tooManyRecipients(limit: Int)
  /// A time that is none, or has passed.
  case badTime(String, reason: String)
  /// No server is configured, or none of that name.
  case noServer(String?)
  /// Nobody says where the queue is to be.
  case noHome
  /// The queue, or what is configured, could have been written by somebody else.
  case notTrusted(String, reason: String)
  /// The queue's files can't be read or written.
  case queue(SystemError)
  /// The message can't be read.
  case input(SystemError)
  /// The copy in Sent can't be written.
  case copy(String)
  /// No entry of the queue has that name.
  case noSuchEntry(String)
  /// Another process is sending the entry.
  case busyEntry(String)
  /// Somebody asked to stop.
  case interrupted

  public var description: String {
    switch self {
    case .badMessage(let reason): reason
    case .badAddress(let address, let reason): "\(address): \(reason)"
    case .noRecipients: "nobody is named to get the message"
    case .tooLarge(let limit): "the message is larger than \(limit) bytes"
    case .tooManyRecipients(let limit): "there are more than \(limit) recipients"
    case .badTime(let text, let reason): "\(text): \(reason)"
    case .noServer(nil): "no outgoing server is configured"
    case .noServer(let name?): "\(name): no outgoing server of this name is configured"
    case .noHome: "there is no home directory to keep a queue in"
    case .notTrusted(let path, let reason): "\(path): \(reason)"
    case .queue(let error), .input(let error): error.description
    case .copy(let reason): "the copy in Sent can't be written: \(reason)"
    case .noSuchEntry(let id): "\(id): no such message in the queue"
    case .busyEntry(let id): "\(id): is being sent by another process"
    case .interrupted: "interrupted"
    }
  }
}
