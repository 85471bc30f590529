/// A character encoding, found by the names that mail gives it.
public struct Charset: Sendable, Hashable {
  /// The name of the encoding in lower case, as the WHATWG Encoding Standard has it: `iso-8859-1` is `windows-1252`.
  public let name: String
  let iconvName: String

  /// The charset that `label` names, in any case and with white space or quotes around it; nil when it isn't known.
  public init?(label: String) { self.init(label: label.utf8.span) }

  /// The charset that the octets of `label` name.
  public init?(label: Span<UInt8>) {
    var start = 0
    var end = label.count
    while start < end, label[start] <= 0x20 || label[start] == 0x22 || label[start] == 0x27 { start += 1 }
    while end > start, label[end - 1] <= 0x20 || label[end - 1] == 0x22 || label[end - 1] == 0x27 { end -= 1 }
    guard start < end, end - start <= 40 else { return nil }
    var key: [UInt8] = []
    key.reserveCapacity(end - start)
    for index in start..<end { key.append(label[index].lowercasedASCII) }
    if key.elementsEqual("utf-8".utf8) {
      self = .utf8
    } else if key.elementsEqual("us-ascii".utf8) || key.elementsEqual("iso-8859-1".utf8) {
      self = .windows1252
    } else {
      guard let row = charsetRows[string(key)] else { return nil }
      self.init(row: row)
    }
  }

  private init(row: Int) {
    name = charsetTable[row].name
    iconvName = charsetTable[row].iconv
  }

  private init(name: String) {
    self.name = name
    iconvName = ""
  }

  /// UTF-8.
  public static let utf8 = Charset(name: "utf-8")
  /// Windows-1252, which is also what ISO-8859-1 and US-ASCII mean in real mail.
  public static let windows1252 = Charset(name: "windows-1252")

  /// The name of every charset that is known.
  public static var allNames: [String] { charsetTable.map { $0.name } }

  /// Whether ASCII octets mean themselves in this charset, whatever precedes them.
  public var isASCIICompatible: Bool {
    switch name {
    case "utf-16be", "utf-16le", "utf-32be", "utf-32le", "utf-7", "iso-2022-jp", "iso-2022-kr", "iso-2022-cn",
      "hz-gb-2312", "ibm037", "ibm500", "ibm1026", "ibm1047", "din_66003", "ns_4551-1", "sen_850200_b":
      false
    default: true
    }
  }
}

/// The row of `charsetTable` for each label.
private let charsetRows: [String: Int] = {
  var rows: [String: Int] = [:]
  for (row, entry) in charsetTable.enumerated() {
    for label in entry.labels.utf8.split(separator: 0x20) { rows[String(Substring(label))] = row }
  }
  return rows
}()
