internal import MailBytes

/// Changes to the header of a message that leave every other octet as it is.
public struct HeaderEdits: Sendable {
  private let message: Message
  /// What takes the place of each field, by where it begins; empty for what goes.
  private var replaced: [Int: [UInt8]] = [:]
  private var added: [UInt8] = []
  private let options: MessageBuilder.Options

  /// No changes to `message` yet.
  public init(_ message: Message) {
    self.message = message
    var options = MessageBuilder.Options()
    options.usesCRLF = message.lineBreak.count > 1
    self.options = options
  }

  /// Removes all fields called `name`.
  public mutating func remove(_ name: String) { remove { equalNames($0, name) } }

  /// Removes all fields whose name `isUnwanted`.
  public mutating func remove(where isUnwanted: (String) -> Bool) {
    message.root.forEachField { name, range in
      if isUnwanted(name) { replaced[range.lowerBound] = [] }
    }
  }

  /// Puts `field` in the place of the first one of its name and removes the others; without one it becomes the last field.
  public mutating func set(_ field: HeaderField) {
    var isWritten = false
    message.root.forEachField { name, range in
      guard equalNames(name, field.name) else { return }
      replaced[range.lowerBound] = isWritten ? [] : field.octets(options)
      isWritten = true
    }
    if !isWritten { add(field) }
  }

  /// Adds `field` behind all others.
  public mutating func add(_ field: HeaderField) { added += field.octets(options) }

  /// The message with these changes.
  public func apply() -> [UInt8] {
    let root = message.root
    var editor = PieceEditor()
    root.forEachField { _, range in
      if let bytes = replaced[range.lowerBound] { editor.replace(range, with: [.bytes(bytes)]) }
    }
    if !added.isEmpty { editor.insertFields(added, in: root) }
    return message.octets(of: editor.pieces(of: message.bytes.count))
  }
}

/// Whether two field names are the same. RFC 5322, section 1.2.2.
private func equalNames(_ first: String, _ second: String) -> Bool { first.lowercased() == second.lowercased() }

extension PieceEditor {
  /// Adds whole `fields` behind those of `part`; a header that has no end gets one.
  mutating func insertFields(_ fields: [UInt8], in part: Part) {
    let place = part.fieldsEnd
    let bytes = part.message.bytes
    let newline = part.message.lineBreak
    let isAtLineStart = place == part.record.header.lowerBound || bytes[place - 1] == newline[newline.count - 1]
    let hasEnd = place < part.record.header.upperBound
    replace(
      place..<place, with: [.bytes((isAtLineStart ? [] : newline) + fields + (hasEnd ? [] : newline))])
  }
}

extension Message {
  /// The message as another one may hold it: without the fields that its readers must not see, Bcc and those of ours
  /// (`PostbagField`), without an mbox line before the header, and with `newline` for every line break.
  public func embedded(newline: [UInt8] = [0x0A]) -> [UInt8] {
    var edits = HeaderEdits(self)
    edits.remove { $0 == "bcc" || $0 == "resent-bcc" || PostbagField.isOwn($0) }
    let changed = edits.apply()
    return withNewlines(changed[min(root.record.header.lowerBound, changed.count)...], newline)
  }
}
