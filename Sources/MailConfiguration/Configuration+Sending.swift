extension Configuration {
  /// `[send]`: what mail-send does with a message.
  public struct Send: Sendable, Equatable {
    public enum Queue: String, Sendable, CaseIterable {
      /// The message waits on the disk when it can't go at once.
      case onFailure = "on-failure"
      /// Every message waits on the disk, and goes from there.
      case always
      /// The caller is told, and keeps the message.
      case never
    }

    public var queue = Queue.onFailure
    /// `queued-exit`: the exit code for a message that waits, 0 or 75.
    public var queuedExit = 0
    /// `delay`: so long a message can still be taken back, seconds.
    public var delay = 0
    /// `retry-after`: the waits between attempts, seconds; the last one is repeated.
    public var retryAfter = [300, 900, 1_800, 3_600, 7_200, 14_400]
    /// `warn-after`: the sender is told that a message still waits, seconds; 0 for never.
    public var warnAfter = 14_400
    /// `give-up-after`, seconds.
    public var giveUpAfter = 432_000
    /// `size-limit`: larger messages are refused, bytes; 0 is no limit.
    public var sizeLimit: Int64 = 50_000_000
    /// `max-recipients` of one message; 0 is no limit.
    public var maxRecipients = 0
    /// `rate`: recipients in a time, over all servers.
    public var rate: Rate?

    public init() {}
  }

  /// `[compose]`: how messages are written.
  public struct Compose: Sendable, Equatable {
    public enum Format: String, Sendable, CaseIterable { case flowed, markdown, html }
    public enum Forward: String, Sendable, CaseIterable { case inline, attachment }
    /// Where the original stands in an answer: above what the writer says, below it, or not at all.
    public enum Quote: String, Sendable, CaseIterable { case above, below, none }

    /// `editor`: a command line; nil for `$VISUAL` and `$EDITOR`.
    public var editor: String?
    public var format = Format.flowed
    public var forward = Forward.inline
    public var quote = Quote.above
    /// `attribution`: the line above a quotation; `%n` is the writer's name, `%a` the address, `%d` the date.
    public var attribution = "On %d, %n wrote:"
    /// `attachment-words`: words that promise an attachment. Nil for the words of mail-compose.
    public var attachmentWords: [String]?
    /// `autosave`: how often the draft is saved while the editor is open, seconds.
    public var autosave = 5
    /// `request-receipt`: every message asks for a receipt.
    public var requestsReceipt = false

    public init() {}
  }

  /// `[contacts]`: the address books.
  public struct Contacts: Sendable, Equatable {
    /// `harvest`: the people one writes to are remembered.
    public var harvests = true
    /// `max-lists`.
    public var maxLists = 200
    /// `max-members` of a list.
    public var maxMembers = 2_000
    /// `[[contacts.group]]`.
    public var groups: [Group] = []

    public init() {}

    /// People who share an address book.
    public struct Group: Sendable, Equatable {
      public var name: String
      /// `path`: the file of the group's address book.
      public var path: String?
      /// `members`: their addresses.
      public var members: [String] = []
      /// `editors`: who may change the book, by address or account; empty for every member.
      public var editors: [String] = []

      public init(name: String) { self.name = name }
    }
  }

  /// `[gateway.sms]`, `[gateway.fax]`: who takes messages to telephone numbers.
  public struct Gateway: Sendable, Equatable {
    /// `command`: words for the shell; what they find in their environment and input is in mail-config(5).
    public var command: String?
    /// `address`: a mail address with `%n` where the number stands.
    public var address: String?
    /// `from`: the sender's number or address that the gateway wants.
    public var from: String?
    /// `country`: the calling code of numbers that begin with 0, without `+`.
    public var country: String?
    /// `allow`: numbers have to begin with one of these, `+` and digits; empty for all.
    public var allow: [String] = []
    /// `deny`: numbers must not begin with these.
    public var deny: [String] = []
    /// `max-parts` of one SMS.
    public var maxParts = 10
    /// `converter` of a fax: words for the shell that make a PDF of a file.
    public var converter: String?
    /// `timeout` of the command, seconds.
    public var timeout = 120

    public init() {}
  }

  /// `[[footer]]`: text that all mail of a domain ends with.
  public struct Footer: Sendable, Equatable {
    /// `domain`: the sender's, in small letters; `*` for all. `*.example.org` means what lies below it.
    public var domains: [String]
    public var text: String?
    /// `text-file`.
    public var textFile: String?
    public var html: String?
    /// `html-file`.
    public var htmlFile: String?

    public init(domains: [String]) { self.domains = domains }

    /// It is for mail from `domain`.
    public func isFor(domain: String) -> Bool {
      let domain = domain.lowercased()
      return domains.contains { pattern in
        pattern == "*" || pattern == domain || pattern.hasPrefix("*.") && domain.hasSuffix(pattern.dropFirst())
      }
    }
  }

  /// `[[oauth]]`: an OAuth 2 server, and what it knows us as. RFC 6749.
  public struct OAuth: Sendable, Equatable {
    public var name: String
    public var clientID = ""
    /// `client-secret`; for programs on the user's machine it is none.
    public var clientSecret: String?
    /// `client-secret-command`: prints it.
    public var clientSecretCommand: String?
    /// `authorization-endpoint`.
    public var authorizationEndpoint: String?
    /// `token-endpoint`.
    public var tokenEndpoint = ""
    /// `device-endpoint`. RFC 8628.
    public var deviceEndpoint: String?
    /// `scope`: words separated by spaces.
    public var scope: String?
    /// `redirect-port` on 127.0.0.1; 0 for any free one.
    public var redirectPort = 0
    /// `ca-file`: certificates to trust instead of the system's, PEM.
    public var caFile: String?

    public init(name: String) { self.name = name }
  }
}
