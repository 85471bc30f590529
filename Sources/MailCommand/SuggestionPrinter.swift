internal import MailBytes
public import MailContacts
internal import MailSystem

/// The form in which the answer to a query is printed.
public enum SuggestionFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  /// mutt's query_command: a line that mutt shows, then address, name and more, separated by tabs.
  case mutt
  /// aerc's address-book-cmd: address and name, separated by a tab.
  case aerc
  /// Lines for people.
  case table
  /// One JSON object a line.
  case json

  /// The form to print in when none is asked for.
  public static func standard(for terminal: Terminal) -> SuggestionFormat {
    switch environment("POSTBAG_FORMAT") {
    case "table": .table
    case "json": .json
    default: terminal.isTerminal ? .table : .mutt
    }
  }
}

/// Prints the answer to a query.
public func printSuggestions(_ suggestions: [Suggestion], as format: SuggestionFormat) throws {
  let output = Output()
  if format == .mutt {
    let count = suggestions.count
    try output.write(count == 0 ? "nothing found\n" : count == 1 ? "1 found\n" : "\(count) found\n")
  }
  let width = suggestions.reduce(0) { max($0, min(displayWidth(clean($1.recipient)), 40)) }
  for suggestion in suggestions {
    try output.withBuffer { buffer in
      switch format {
      case .mutt:
        buffer.append(clean(suggestion.recipient))
        buffer.append(0x09)
        buffer.append(clean(suggestion.name))
        buffer.append(0x09)
        buffer.append(clean(suggestion.remark))
      case .aerc:
        buffer.append(clean(suggestion.recipient))
        buffer.append(0x09)
        buffer.append(clean(suggestion.name))
      case .table:
        buffer.append(cell: suggestion.recipient, width: max(width, 1), fills: true)
        buffer.append(literal: "  ")
        buffer.append(clean(suggestion.name))
        if !suggestion.remark.isEmpty {
          buffer.append(literal: "  (")
          buffer.append(clean(suggestion.remark))
          buffer.append(literal: ")")
        }
      case .json: return buffer.append(json: suggestion)
      }
      buffer.append(UInt8(ascii: "\n"))
    }
  }
  try output.finish()
}

extension Suggestion {
  /// What stands behind the name: the kind of address, the organisation; or that it is no contact.
  fileprivate var remark: String { source == .correspondent ? "not a contact" : note }
}

extension ByteBuffer {
  /// The keys are documented in mail-contact(1).
  fileprivate mutating func append(json suggestion: Suggestion) {
    var object = JSONObject(in: &self)
    object.add("address", suggestion.recipient, in: &self)
    object.add("name", orNull: suggestion.name, in: &self)
    object.add("note", orNull: suggestion.note, in: &self)
    switch suggestion.source {
    case .contact: object.add("source", "contact", in: &self)
    case .group(let name):
      object.add("source", "group", in: &self)
      object.add("group", name, in: &self)
    case .correspondent: object.add("source", "correspondent", in: &self)
    }
    object.end(in: &self)
  }
}
