internal import MailBytes
public import MailSASL
public import MailSystem
public import MailTransport

/// Why a session, or all of a message, came to nothing.
public enum SMTPError: Error, Sendable, Equatable {
  /// The connection failed.
  case transport(TransportError, SMTPStage)
  /// The server said no.
  case refused(SMTPReply, SMTPStage)
  /// What came is no reply.
  case badReply(ReplyError, SMTPStage)
  /// The server offers no encryption, and the configuration wants it.
  case noStartTLS
  /// The server said something before the encryption that was not asked for: somebody may have put it there.
  case injectedReply
  /// There is no way to log in, or the exchange made no sense.
  case login(SASLError)
  /// The server doesn't know a feature that the configuration asks for.
  case unsupported(String)
  /// The address can't be written into a command; why.
  case invalidAddress(String, String)
  /// A parameter or name can't be written into a command; which.
  case invalidParameter(String)
  /// The address needs SMTPUTF8, and the server doesn't have it.
  case needsUTF8(String)
  /// The message is larger than the server takes: octets, and the limit.
  case tooLarge(Int64, limit: Int64)
  /// The message can't be changed into a form that the server takes; why.
  case notSendable(String)
  /// The message can't be read.
  case message(SystemError)
  /// The client was used in a state in which this is no command: a mistake in the program.
  case wrongState(String)

  /// The same may work later.
  public var isTemporary: Bool {
    switch self {
    case .transport(let error, _): error.isTemporary
    case .refused(let reply, let stage):
      // A refusal to talk at all says nothing about the message: it may be about this network, or today.
      !reply.isPermanent || stage == .greeting
    case .badReply: true
    case .message(let error): error.isTemporary
    case .noStartTLS, .injectedReply, .login, .unsupported, .invalidAddress, .invalidParameter, .needsUTF8, .tooLarge,
      .notSendable, .wrongState:
      false
    }
  }

  /// The login was refused, or there was no way to log in.
  public var isAboutLogin: Bool {
    switch self {
    case .login: true
    case .refused(let reply, .authentication): reply.isPermanent
    default: false
    }
  }

  /// The same when all of the message was on its way already: then nobody knows whether it has gone.
  var afterHandover: SMTPError {
    switch self {
    case .transport(let error, _): .transport(error, .message)
    case .badReply(let error, _): .badReply(error, .message)
    default: self
    }
  }

  /// What the server answered, if that is the reason.
  public var reply: SMTPReply? {
    if case .refused(let reply, _) = self { reply } else { nil }
  }
}

extension SMTPError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .transport(let error, let stage): stage == .connecting ? "\(error)" : "\(error) (\(stage))"
    case .refused(let reply, .greeting): "the server refuses to talk: \(reply)"
    case .refused(let reply, .authentication): "the server refuses the login: \(reply)"
    case .refused(let reply, let stage): "\(reply) (\(stage))"
    case .badReply(let error, let stage): "\(error) (\(stage))"
    case .noStartTLS: "the server offers no STARTTLS; nothing was sent in clear"
    case .injectedReply:
      "the server sent an answer before the encryption began; the connection may have been tampered with"
    case .login(let error): "\(error)"
    case .unsupported(let what): "the server can't do \(what)"
    case .invalidAddress(let address, let reason): "\(clean(address)): no valid address: \(reason)"
    case .invalidParameter(let name): "\(clean(name)): this can't be written into a command"
    case .needsUTF8(let address):
      "\(clean(address)): the server takes no addresses with letters beyond ASCII (SMTPUTF8)"
    case .tooLarge(let size, let limit): "the message has \(size) bytes, the server takes \(limit)"
    case .notSendable(let reason): reason
    case .message(let error): "\(error)"
    case .wrongState(let what): "SMTP client: \(what)"
    }
  }
}
