public import MailMIME

/// A message that somebody writes, before it is made into octets.
///
/// Address fields are kept as they were typed: `list:NAME` and the like are expanded when the message is built.
public struct Composition: Sendable {
  /// What the text is written in.
  public enum Format: String, Sendable, CaseIterable {
    /// Plain text, sent as format=flowed. RFC 3676.
    case flowed
    /// Markdown, sent as it is and as HTML.
    case markdown
    /// HTML, sent as it is and as text.
    case html
  }

  /// The fields with addresses, as text.
  public struct Addresses: Sendable, Equatable {
    public var from = ""
    public var to = ""
    public var cc = ""
    public var bcc = ""
    public var replyTo = ""

    public init() {}

    /// Nobody is named in To, Cc and Bcc.
    public var isWithoutRecipients: Bool { [to, cc, bcc].allSatisfy { isBlank($0) } }
  }

  /// A field that this library has no opinion about.
  public struct Field: Sendable, Equatable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// How the message hangs together with others. Identifiers have no angle brackets.
  public struct Thread: Sendable, Equatable {
    /// The identifier of the message itself; nil until it gets one.
    public var messageID: String?
    public var inReplyTo: [String] = []
    public var references: [String] = []
    /// The originals that are marked as answered once the message has left.
    public var replied: [String] = []
    /// The originals that are marked as forwarded once the message has left.
    public var forwarded: [String] = []

    public init() {}
  }

  /// What the writer asks for besides.
  public struct Wishes: Sendable, Equatable {
    public var priority = Priority.normal
    /// A report is wanted when the message is read. RFC 8098.
    public var requestsReceipt = false
    /// The message has no signature block.
    public var isUnsigned = false

    public init() {}
  }

  /// Something that goes along.
  public enum Attachment: Sendable {
    /// A file, read when the message is built.
    case file(String)
    /// A part that is there already.
    case part(BodyPart)
  }

  public var addresses = Addresses()
  public var subject = ""
  /// Other fields, in order.
  public var fields: [Field] = []
  /// The text as the editor shows it.
  public var text = ""
  public var format = Format.flowed
  public var attachments: [Attachment] = []
  public var thread = Thread()
  public var wishes = Wishes()

  public init() {}
}

/// `text` says nothing.
func isBlank(_ text: some StringProtocol) -> Bool {
  text.utf8.allSatisfy { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
}

/// `text` without white space at both ends.
func trimmed(_ text: some StringProtocol) -> String {
  var bytes = Array(text.utf8)[...]
  while let last = bytes.last, last == 0x20 || (0x09...0x0D).contains(last) { bytes.removeLast() }
  while let first = bytes.first, first == 0x20 || (0x09...0x0D).contains(first) { bytes.removeFirst() }
  return String(decoding: bytes, as: UTF8.self)
}
