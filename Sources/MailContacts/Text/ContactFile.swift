internal import MailBytes

/// The forms in which contacts are exchanged.
public enum ContactFormat: String, Sendable, CaseIterable {
  case vcard
  case csv
  /// abook's own file.
  case abook
  /// mutt's alias commands.
  case aliases
}

/// What is in a file of contacts.
public struct ContactFile: Sendable {
  public var format: ContactFormat
  public var contacts: [Contact] = []
  /// Cards that stand for several others: lists.
  public var groups: [VCard] = []
  /// Lists written out.
  var lists: [(name: String, members: [Member])] = []
  public var defects: [TextDefect] = []

  /// The most bytes of a file.
  public static let largest = 256 << 20

  /// Reads `bytes`; what form they have is seen from them if `format` is nil. An error if there is nothing in them that can be
  /// understood.
  public init(_ bytes: [UInt8], format wanted: ContactFormat? = nil) throws(ContactError) {
    guard bytes.count <= ContactFile.largest else { throw .tooLarge("larger than \(ContactFile.largest >> 20) MiB") }
    format = wanted ?? ContactFile.format(of: bytes)
    switch format {
    case .vcard: try readCards(bytes)
    case .csv: try readTable(bytes)
    case .abook:
      contacts = ForeignBooks.abook(decodeText(bytes.span, charset: nil))
      if contacts.isEmpty { throw .badText(format: "abook", line: 1, reason: "no contact found") }
    case .aliases:
      (contacts, lists) = ForeignBooks.aliases(decodeText(bytes.span, charset: nil))
      if contacts.isEmpty, lists.isEmpty { throw .badText(format: "aliases", line: 1, reason: "no alias found") }
    }
  }

  private static func format(of bytes: [UInt8]) -> ContactFormat {
    let start = plainBytes(Array(bytes.prefix(64 << 10)))
    var isFirst = true
    for line in start.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let text = string(line.drop { $0 >= 0xEF || $0.isFoldingSpace }).lowercased()
      if text.hasPrefix("begin:vcard") { return .vcard }
      if isFirst, text.hasPrefix("# abook") || text == "[format]" { return .abook }
      if text.hasPrefix("alias "), !text.utf8.contains(UInt8(ascii: "\"")) || !text.hasPrefix("alias,") {
        return .aliases
      }
      if !text.hasPrefix("#") { isFirst = false }
      if !text.hasPrefix("#"), line.contains(UInt8(ascii: ",")) || line.contains(UInt8(ascii: ";")) { return .csv }
    }
    return .csv
  }

  private mutating func readCards(_ bytes: [UInt8]) throws(ContactError) {
    let parsed = parseVCards(bytes)
    defects = parsed.defects
    guard !parsed.cards.isEmpty else {
      throw .badText(
        format: "vCard", line: defects.first?.line ?? 1, reason: defects.first?.reason ?? "there is no card in it")
    }
    groups = parsed.cards.filter { $0.isGroup }
    contacts = parsed.cards.filter { !$0.isGroup }.map { Contact($0) }
  }

  private mutating func readTable(_ bytes: [UInt8]) throws(ContactError) {
    let table = parseCSV(bytes)
    defects = table.defects
    guard let header = table.rows.first else {
      throw .badText(format: "CSV", line: 1, reason: "there is nothing in it")
    }
    guard let reader = CSVReader(header: header.fields) else {
      throw .badText(
        format: "CSV", line: header.line, reason: "no column is known: a header such as Name,E-mail is needed")
    }
    for name in reader.unknown.prefix(20) {
      defects.append(TextDefect(line: header.line, "the column '\(name)' is not known and is left out"))
    }
    for row in reader.isHeadless ? table.rows[...] : table.rows.dropFirst() {
      if let contact = reader.contact(row.fields) {
        contacts.append(contact)
      } else {
        defects.append(TextDefect(line: row.line, "no name, no address, no number: left out"))
      }
    }
  }
}
