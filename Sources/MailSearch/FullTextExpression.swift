internal import MailQuery

/// The query in the language of FTS5, where it asks for nothing but words; nil where FTS5 alone can't answer.
///
/// Words are handed over as quoted strings only, so nothing in them is syntax.
func fullTextExpression(of query: Query) -> String? {
  switch query {
  case .text(let term): return fullTextExpression(of: term)
  case .any(let parts):
    var expressions: [String] = []
    for part in parts {
      guard let expression = fullTextExpression(of: part) else { return nil }
      expressions.append(expression)
    }
    return "(" + expressions.joined(separator: " OR ") + ")"
  case .all(let parts):
    let split = splitText(parts)
    return split.others.isEmpty ? split.expression : nil
  default: return nil
  }
}

func fullTextExpression(of term: TextTerm, columns: Bool = true) -> String {
  let phrase = "\"\(term.words)\"" + (term.isPrefix ? " *" : "")
  guard columns, term.fields != .all else { return phrase }
  return "{\(columnNames(term.fields).joined(separator: " "))} : \(phrase)"
}

/// Parts of which all must hold, split into those that FTS5 answers together and the rest. A negation needs something
/// that it is taken away from.
func splitText(_ parts: [Query]) -> (expression: String?, others: [Query]) {
  var wanted: [String] = []
  var unwanted: [(expression: String, part: Query)] = []
  var others: [Query] = []
  for part in parts {
    if let expression = fullTextExpression(of: part) {
      wanted.append(expression)
    } else if case .not(let inner) = part, let expression = fullTextExpression(of: inner) {
      unwanted.append((expression, part))
    } else {
      others.append(part)
    }
  }
  guard !wanted.isEmpty else { return (nil, parts) }
  var expression = wanted.count == 1 ? wanted[0] : "(" + wanted.joined(separator: " AND ") + ")"
  if !unwanted.isEmpty {
    expression = "(\(expression) NOT (\(unwanted.map(\.expression).joined(separator: " OR "))))"
  }
  return (expression, others)
}

/// The columns of the full-text table, in their order there.
func columnNames(_ fields: TextFields) -> [String] {
  let names: [(TextFields, String)] = [
    (.subject, "subject"), (.sender, "sender"), (.recipient, "recipient"), (.copy, "copy"), (.body, "body"),
    (.attachment, "attachment"),
  ]
  return names.filter { fields.contains($0.0) }.map(\.1)
}
