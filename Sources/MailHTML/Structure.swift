/// HTML reduced to what shapes text, ready for the tree builder.
///
/// The markup holds only tags that make blocks, lists and tables, each in one plain form, nested at most
/// `StructureReader.depthLimit` deep; everything inside a line is a `<wbr i=N>` that stands for `events[N]`. So the
/// work of the tree builder is linear in the message, whatever its author wrote.
struct Structure {
  var markup: [UInt8] = []
  var events: [InlineEvent] = []
  var boxes: [Box] = []
  var title = ""
  var remote = RemoteReferences()
}

/// What stands inside a line beside text.
enum InlineEvent {
  case linkStart(url: String)
  case linkEnd
  /// An image; `alternative` is empty if there is none to show.
  case image(alternative: String)
}

/// What the attributes of a block, a table or a cell say.
struct Box {
  var isQuote = false
  var hasMargin = true
  /// The table is for layout alone.
  var isLayout = false
  /// The table has lines between its cells.
  var hasBorder = false
  var alignsRight = false
  /// The number of the first item of a list, or of this item.
  var number: Int?
  var columnSpan = 1
}
