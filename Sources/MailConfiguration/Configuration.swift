/// What `config.toml` says. A file that isn't there gives the values here.
public struct Configuration: Sendable, Equatable {
  /// `store`: where the mail lies; `~/` is the home directory.
  public var store: String?
  public var delivery = Delivery()
  public var folders = Folders()
  /// `[[identity]]`, the first being the usual one.
  public var identities: [Identity] = []
  public var list = List()
  public var quota = Quota()
  /// `[expire]`: how long messages stay, in the order of the file.
  public var expiry: [ExpiryRule] = []
  /// `[outgoing]` or `[[outgoing]]`: who takes the user's mail, the first being the usual one.
  public var outgoing: [Outgoing] = []
  public var send = Send()
  public var compose = Compose()
  public var contacts = Contacts()
  /// `[gateway.sms]`.
  public var smsGateway: Gateway?
  /// `[gateway.fax]`.
  public var faxGateway: Gateway?
  public var receipt = Receipt()
  /// `[[oauth]]`: where tokens come from.
  public var oauth: [OAuth] = []
  /// `[[footer]]`, of the system's configuration alone.
  public var footers: [Footer] = []

  public init() {}

  /// `[delivery]`: what happens to an incoming message.
  public struct Delivery: Sendable, Equatable {
    /// `size-limit`: larger messages are refused, in bytes. 0 is no limit.
    public var sizeLimit: Int64 = 50_000_000
    /// `suppress-duplicates`: a message with the Message-ID and body of one that came in the last days is dropped.
    public var suppressesDuplicates = false
    /// `duplicate-days`: how many days are the last days.
    public var duplicateDays = 7
    /// `recipient-delimiter`: what separates the name from the detail in `name+detail@example.org`; empty for none.
    public var recipientDelimiter = "+"
    /// `detail-folders`: mail to `name+detail` goes to the folder `detail`, if there is one.
    public var filesByDetail = false
    /// `create-folders`: the folder that `-m` names is made when it is missing; else the mail goes to the Inbox.
    public var createsFolders = true
  }

  /// `[folders]`: which folders have which role. Of several names the first one of which there is a folder has it; the
  /// first of all is the one to be made.
  public struct Folders: Sendable, Equatable {
    public var sent = ["Sent"]
    public var drafts = ["Drafts"]
    public var templates = ["Templates"]
    public var trash = ["Trash"]
    public var junk = ["Junk"]
  }

  /// `[list]`: how mail is listed.
  public struct List: Sendable, Equatable {
    /// `threads-by-subject`: messages without references join a thread with the same subject.
    public var joinsThreadsBySubject = false
  }

  /// `[quota]`: how much the store may hold.
  public struct Quota: Sendable, Equatable {
    /// `limit`, in bytes.
    public var limit: Int64?
    /// `messages`: their number.
    public var messages: Int64?
    /// `when-full`: what becomes of mail that doesn't fit when Trash can make no more room.
    public var whenFull = WhenFull.defer

    public enum WhenFull: String, Sendable, CaseIterable {
      /// It waits at the mail server.
      case `defer`
      /// It goes back to its sender.
      case reject
    }
  }

  /// A line of `[expire]`: a folder or a pattern, and how long messages stay there.
  public struct ExpiryRule: Sendable, Equatable {
    public var folder: String
    /// Seconds; nil is for ever.
    public var lifetime: Int64?

    public init(folder: String, lifetime: Int64?) {
      self.folder = folder
      self.lifetime = lifetime
    }
  }

  /// Every address by which people reach the user.
  public var ownAddresses: [String] { identities.flatMap { [$0.address] + $0.aliases } }
}
