/// What a session was about when something happened: for errors and for time limits. RFC 5321, section 4.5.3.2.
public enum SMTPStage: Sendable, Hashable, CustomStringConvertible {
  case connecting, greeting, hello, startTLS, authentication, sender, recipient
  /// Waiting for leave to send the message.
  case data
  /// Sending the message. When it breaks off here the message has not gone.
  case content
  /// Waiting for the answer behind the message. When it breaks off here nobody knows whether the message has gone.
  case message
  case reset, noop, quit

  public var description: String {
    switch self {
    case .connecting: "connecting"
    case .greeting: "waiting for the greeting"
    case .hello: "saying hello"
    case .startTLS: "starting encryption"
    case .authentication: "logging in"
    case .sender: "naming the sender"
    case .recipient: "naming a recipient"
    case .data: "announcing the message"
    case .content: "sending the message"
    case .message: "waiting for the answer to the message"
    case .reset: "starting anew"
    case .noop: "asking for a sign of life"
    case .quit: "saying goodbye"
    }
  }
}
