/// Text with as much structure as a terminal can show: paragraphs, quotes, lists, tables, links.
public struct StyledText: Sendable {
  /// How the addresses of links appear in the text.
  public enum LinkStyle: Sendable {
    /// `text [1]`; the addresses are in `links`.
    case footnotes
    /// `text <https://example.org/>`.
    case inline
    /// Not at all.
    case none
  }

  /// A link that the text refers to by its number.
  public struct Link: Sendable, Equatable {
    public var number: Int
    public var url: String
  }

  /// The blocks in order.
  public var blocks: [TextBlock] = []
  /// The links with footnotes, each address once.
  public var links: [Link] = []
  /// What the document would have loaded from elsewhere. Nothing was loaded.
  public var remoteReferences: [RemoteReference] = []
  /// The title of the document.
  public var title = ""

  /// An empty text.
  public init() {}
}

/// A piece of text that begins on a line of its own.
public struct TextBlock: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// Text that may be wrapped anew; line feeds in it are meant.
    case paragraph
    /// The same, as a title.
    case heading
    /// Lines that must stay as they are.
    case preformatted
    /// A line across.
    case rule
    /// Rows of cells.
    case table([[TableCell]])
  }

  public var kind: Kind
  public var text: String
  /// How many times the text is quoted.
  public var quoteDepth = 0
  /// Columns left free before the text; `marker` stands at their end.
  public var indent = 0
  /// The bullet or number of a list item, empty for other blocks.
  public var marker = ""
  /// There is a blank line before.
  public var hasSpaceBefore = false
}

/// A cell of a data table.
public struct TableCell: Sendable, Equatable {
  public var text: String
  public var alignsRight = false
  /// Columns that the cell covers.
  public var span = 1
}
