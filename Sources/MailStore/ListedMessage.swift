internal import MailSQLite

/// A text that is known of every message.
public enum MessageText: Int32, Sendable {
  /// The file name below the folder, as bytes: nothing says that they are UTF-8.
  case name = 2
  case sender = 8
  case senderAddress, recipients, subject, messageID
}

/// A message as printers need it: numbers to take, texts to look at.
public protocol ListedMessage: ~Copyable {
  var id: Int64 { get }
  var folder: Int64 { get }
  var flags: MessageFlags { get }
  var date: Int64 { get }
  var received: Int64 { get }
  var size: Int64 { get }
  var thread: Int64 { get }
  var tags: [String] { get }
  var comment: String? { get }

  /// Lends the bytes of a text.
  func withText<Value>(_ text: MessageText, _ body: (Span<UInt8>) throws -> Value) rethrows -> Value
}

extension MessageRow: ListedMessage {
  public func withText<Value>(_ text: MessageText, _ body: (Span<UInt8>) throws -> Value) rethrows -> Value {
    switch text {
    case .name: try body(name.utf8.span)
    case .sender: try body(sender.utf8.span)
    case .senderAddress: try body(senderAddress.utf8.span)
    case .recipients: try body(recipients.utf8.span)
    case .subject: try body(subject.utf8.span)
    case .messageID: try body(messageID.utf8.span)
    }
  }
}

/// A message of a list while the list is being read: its texts are those of the index, not copied.
public struct LentMessage: ~Copyable, ListedMessage {
  private let statement: Statement
  public let flags: MessageFlags
  public let tags: [String]
  public let comment: String?

  init(_ statement: Statement, _ annotations: borrowing Annotations) throws {
    self.statement = statement
    (tags, comment) = try annotations.of(statement.integer(0))
    let flags = MessageFlags(rawValue: statement.integer(3))
    self.flags = comment != nil ? flags.union(.commented) : flags
  }

  public var id: Int64 { statement.integer(0) }
  public var folder: Int64 { statement.integer(1) }
  public var date: Int64 { statement.integer(4) }
  public var received: Int64 { statement.integer(5) }
  public var size: Int64 { statement.integer(6) }
  public var thread: Int64 { statement.integer(7) }

  public func withText<Value>(_ text: MessageText, _ body: (Span<UInt8>) throws -> Value) rethrows -> Value {
    try statement.withBytes(text.rawValue, body)
  }
}

extension Store {
  /// Calls `body` with every message that `request` asks for, in its order: like `list`, without making strings. What
  /// `body` throws comes through.
  public func forEachMessage(of request: ListRequest, _ body: (borrowing LentMessage) throws -> Void) throws {
    try passingErrors {
      let annotations = try Annotations(index: index())
      try forEachRow(of: request, columns: Store.rowColumns) { statement in
        try body(LentMessage(statement, annotations))
      }
    }
  }
}
