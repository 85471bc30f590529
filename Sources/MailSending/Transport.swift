/// A way to a server or program that takes messages: a session that is used for many.
public protocol Transport: AnyObject {
  /// Gives a message to the recipients of `record` at `places`: one outcome for each, in their order. `beforeEnd` is called
  /// once, right before the server or program gets the end of the message; what it throws stops that. Throws when the way is
  /// not there at all; then nobody has got anything.
  func deliver(
    _ content: MessageContent, _ record: QueueRecord, to places: [Int],
    beforeEnd: @escaping () throws(SendError) -> Void
  ) throws(ServerProblem) -> [DeliveryOutcome]

  /// Another message can be given to it.
  var isUsable: Bool { get }

  /// Ends the session.
  func close()
}

/// Why a server takes no message of ours at the moment.
public enum ServerProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// It can't be reached, or refuses to talk.
  case unreachable(String)
  /// It refuses the login, or there is no way to log in safely.
  case login(String)
  /// What the configuration says can't work.
  case configuration(String)
  /// Enough was sent for now; more may be at this time, seconds since 1970.
  case limited(until: Int64, String)
  /// The queue failed, not the server.
  case queue(SendError)

  public var description: String {
    switch self {
    case .unreachable(let text), .login(let text), .configuration(let text): text
    case .limited(_, let text): text
    case .queue(let error): error.description
    }
  }
}
