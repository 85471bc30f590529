internal import MailBytes
internal import MailHTML
public import MailMIME

/// A message as lines of text for people. Control characters and overrides of direction are removed everywhere.
public struct MessageView {
  /// How a message is shown.
  public struct Options {
    /// Columns that flowed text, HTML and header fields are wrapped to.
    public var width = 80
    /// Lines that their author broke are wrapped too where they are too long.
    public var wrapsFixedLines = false
    /// The fields of the header are shown.
    public var showsHeader = true
    /// The attachments are listed.
    public var listsAttachments = true
    /// Bytes of each text part that are read.
    public var textLimit = 4 << 20
    /// What the owner wrote on the message: shown above it.
    public var comment: String?
    /// Lines for what isn't in the message itself, such as tags.
    public var annotations: [(name: String, text: String)] = []
    /// The distance of local time from UTC at a moment, in minutes east.
    public var localOffset: (Int64) -> Int = { _ in 0 }

    /// The standard way.
    public init() {}
  }

  /// The lines from top to bottom.
  public private(set) var lines: [ViewLine] = []

  private let options: Options
  private var remote: [RemoteReference] = []

  /// Lays out `message`.
  public init(_ message: Message, options: Options = Options()) {
    self.options = options
    if options.showsHeader {
      if let comment = options.comment { append(comment: comment) }
      lines += headerLines(of: message.root, options)
      for annotation in options.annotations {
        lines += headerLines(name: annotation.name, text: annotation.text, width: options.width)
      }
      lines.append(ViewLine(.text))
    }
    let plan = BodyPlan(message.root, textLimit: options.textLimit)
    for item in plan.items { append(item) }
    while lines.last?.isBlank ?? false { lines.removeLast() }
    append(notices: plan)
    if options.listsAttachments { append(attachments: plan.attachments) }
  }

  private mutating func append(_ item: BodyPlan.Item) {
    if let last = lines.last, !last.isBlank { lines.append(ViewLine(.text)) }
    switch item {
    case .text(let part): lines += textLines(of: part, options)
    case .html(let part):
      let (shown, references) = htmlLines(of: part, options)
      lines += shown
      remote += references
    case .message(let root):
      let title = "Message \(root.parent?.number ?? root.number)"
      lines.append(ViewLine(.separator, title))
      lines += headerLines(of: root, options)
      lines.append(ViewLine(.text))
    case .endOfMessage: lines.append(ViewLine(.separator))
    case .notice(let text): for line in wrapped(text, options.width) { lines.append(ViewLine(.notice, line)) }
    }
  }

  /// The comment with the lines that its owner gave it.
  private mutating func append(comment: String) {
    let label = "Comment: "
    for line in cleanLines(comment).split(separator: "\n", omittingEmptySubsequences: false) {
      let parts = wrapped(String(line), max(options.width - label.utf8.count, 20))
      for part in parts.isEmpty ? [""] : parts {
        let isFirst = lines.isEmpty
        lines.append(
          ViewLine(
            .comment, isFirst || part.isEmpty ? part : String(repeating: " ", count: label.utf8.count) + part,
            label: isFirst ? label : ""))
      }
    }
    lines.append(ViewLine(.text))
  }

  private mutating func append(notices plan: BodyPlan) {
    let notices = (remote.isEmpty ? [] : [remoteNotice(remote)]) + plan.closingNotices
    guard !notices.isEmpty else { return }
    lines.append(ViewLine(.text))
    for notice in notices {
      for line in wrapped(notice, options.width) { lines.append(ViewLine(.notice, line)) }
    }
  }

  private mutating func append(attachments parts: [Part]) {
    guard !parts.isEmpty else { return }
    lines.append(ViewLine(.text))
    lines += attachmentLines(of: parts, width: options.width)
  }
}

/// One line of a `MessageView`.
public struct ViewLine: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// A header field; the first line of one begins with `label`.
    case header
    case text
    /// Text quoted so many times, quote marks written.
    case quote(Int)
    /// What follows `-- `.
    case signature
    case heading
    case attachment
    /// What the owner wrote on the message; the first line begins with `label`.
    case comment
    /// Something that Postbag says, not the message.
    case notice
    /// The beginning of an embedded message, or its end if the text is empty.
    case separator
  }

  public var kind: Kind
  /// The name of a header field with its colon, the number of an attachment; empty for other lines.
  public var label = ""
  public var text = ""

  init(_ kind: Kind, _ text: String = "", label: String = "") {
    self.kind = kind
    self.text = text
    self.label = label
  }

  var isBlank: Bool { kind == .text && text.isEmpty }
}
