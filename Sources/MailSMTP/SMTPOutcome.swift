/// What became of a message, recipient by recipient.
public struct SMTPOutcome: Sendable, Equatable {
  /// One for each recipient of the envelope, in its order.
  public var recipients: [Recipient]
  /// What the server said about the message as a whole; nil when it never came to that.
  public var reply: SMTPReply?
  /// Why the session ended early; nil when it didn't. The session can't be used any more then.
  public var failure: SMTPError?

  /// What became of one recipient.
  public struct Recipient: Sendable, Equatable {
    public var recipient: SMTPRecipient
    public var verdict: Verdict

    /// A recipient and what became of it.
    public init(_ recipient: SMTPRecipient, _ verdict: Verdict) {
      self.recipient = recipient
      self.verdict = verdict
    }
  }

  /// What a server, or the attempt, decided about a recipient.
  public enum Verdict: Sendable, Equatable {
    /// The server has taken the responsibility; its reply to the message.
    case accepted(SMTPReply)
    /// The server refuses for now (4yz) or for good (5yz).
    case refused(SMTPReply)
    /// It never came to an answer; `isTemporary` of the error says whether to try again.
    case failed(SMTPError)

    /// The message will get there as far as we know.
    public var isAccepted: Bool {
      if case .accepted = self { true } else { false }
    }

    /// Trying again later may help.
    public var isTemporary: Bool {
      switch self {
      case .accepted: false
      case .refused(let reply): !reply.isPermanent
      case .failed(let error): error.isTemporary
      }
    }

    /// The whole message was handed over and the connection ended before the answer: it may have been taken or not.
    /// Sending it again may make a second copy.
    public var isInDoubt: Bool {
      switch self {
      case .failed(.transport(_, .message)), .failed(.badReply(_, .message)): true
      default: false
      }
    }

    /// What the server said; nil when it said nothing.
    public var reply: SMTPReply? {
      switch self {
      case .accepted(let reply), .refused(let reply): reply
      case .failed(let error): error.reply
      }
    }

    /// The verdict for people.
    public var description: String {
      switch self {
      case .accepted(let reply), .refused(let reply): "\(reply)"
      case .failed(let error): "\(error)"
      }
    }
  }

  /// An outcome.
  public init(recipients: [Recipient], reply: SMTPReply? = nil, failure: SMTPError? = nil) {
    self.recipients = recipients
    self.reply = reply
    self.failure = failure
  }

  /// Everybody is reached.
  public var isComplete: Bool { recipients.allSatisfy { $0.verdict.isAccepted } }
  /// Of somebody nobody knows whether the message has reached them.
  public var isInDoubt: Bool { recipients.contains { $0.verdict.isInDoubt } }
  /// Somebody is.
  public var hasAccepted: Bool { recipients.contains { $0.verdict.isAccepted } }
}

extension SMTPOutcome.Verdict: CustomStringConvertible {}
