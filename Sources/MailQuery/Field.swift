/// What stands before a colon.
enum Field: String, CaseIterable {
  case from, to, cc, bcc, with, subject, body, attachment, filename, type, comment, tag, folder, list, id, thread
  case date, received, before, since, size, larger, smaller, `is`, has

  /// Other words for the same.
  private static let synonyms: [(String, Field)] = [
    ("after", .since), ("mid", .id), ("label", .tag), ("file", .filename), ("in", .folder), ("sender", .from),
    ("text", .body),
  ]

  init?(name: String) {
    let name = name.lowercased()
    if let field = Field(rawValue: name) {
      self = field
    } else if let synonym = Field.synonyms.first(where: { $0.0 == name }) {
      self = synonym.1
    } else {
      return nil
    }
  }

  /// The words that the field searches, where it searches words.
  var text: TextFields? {
    switch self {
    case .from: .sender
    case .to: .recipient
    case .cc, .bcc: .copy
    case .with: .people
    case .subject: .subject
    case .body: .body
    case .attachment, .filename: .attachment
    default: nil
    }
  }

  /// The part that somebody has in a message, where the field searches people.
  var roles: AddressTerm.Roles? {
    switch self {
    case .from: [.from, .sender]
    case .to: .to
    case .cc: .cc
    case .bcc: .bcc
    case .with: .everyRole
    default: nil
    }
  }

  /// No value of the field begins with "-", so that one after the colon is meant to stand before the field.
  var isNegatedOutside: Bool {
    switch self {
    case .id, .thread, .list, .date, .received, .before, .since, .size, .larger, .smaller: false
    default: true
    }
  }

  /// The field whose name differs from `name` by one letter too many, too few or wrong, or by two swapped.
  static func nearest(to name: String) -> Field? {
    let wanted = Array(name.lowercased().utf8)
    return Field.allCases.first { field in
      let known = Array(field.rawValue.utf8)
      var start = 0
      while start < min(wanted.count, known.count), wanted[start] == known[start] { start += 1 }
      let left = wanted[start...]
      let right = known[start...]
      return left.dropFirst() == right.dropFirst() || left.dropFirst() == right || left == right.dropFirst()
        || (left.count > 1 && right.count > 1 && left.dropFirst(2) == right.dropFirst(2)
          && left.first == right.dropFirst().first && left.dropFirst().first == right.first)
    }
  }
}
