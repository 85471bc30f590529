/// A vCard: its properties, in the order in which they stood. RFC 6350.
///
/// Whatever version it was read from, values and parameters are held as in version 4.0; what isn't known stays as it was.
public struct VCard: Sendable, Hashable {
  /// The properties, without BEGIN, VERSION and END.
  public var properties: [Property] = []

  public init(_ properties: [Property] = []) { self.properties = properties }

  /// One line of a card.
  public struct Property: Sendable, Hashable {
    /// The word before the dot that ties properties together (`item1.EMAIL`).
    public var group: String?
    /// In capital letters.
    public var name: String
    public var parameters: [Parameter]
    /// The value as it stands in a card of version 4.0: `\n`, `\,`, `\;` and `\\` mean a line end and the character itself.
    public var value: String

    public init(_ name: String, _ value: String, parameters: [Parameter] = [], group: String? = nil) {
      self.group = group
      self.name = name
      self.parameters = parameters
      self.value = value
    }

    /// The values of the parameter `name`, which is in capital letters.
    public func parameter(_ name: String) -> [String] {
      parameters.filter { $0.name == name }.flatMap { $0.values }
    }

    /// The types in small letters, without those that say nothing (`internet`, `voice`, `pref`).
    public var types: [String] { parameter("TYPE").map { $0.lowercased() } }

    /// How much the owner of the card prefers this one: 1 most, 100 least; nil if it isn't said.
    public var preference: Int? { parameter("PREF").first.flatMap { Int($0) }.map { min(max($0, 1), 100) } }

    /// The value as text: with line ends and commas for their escapes.
    public var text: String { VCardText.decoded(value) }

    /// The parts of a structured value (N, ADR, ORG), as text.
    public var components: [String] { VCardText.split(value, at: UInt8(ascii: ";")).map { VCardText.decoded($0) } }
  }

  /// A parameter of a property: `TYPE=work,pref`.
  public struct Parameter: Sendable, Hashable {
    /// In capital letters.
    public var name: String
    public var values: [String]

    public init(_ name: String, _ values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// The versions that can be written.
  public enum Version: String, Sendable, CaseIterable {
    case three = "3.0"
    case four = "4.0"
  }

  /// The properties called `name`, the preferred ones first.
  public func all(_ name: String) -> [Property] {
    let found = properties.filter { $0.name == name }
    guard found.contains(where: { $0.preference != nil }) else { return found }
    return found.enumerated()
      .sorted { ($0.element.preference ?? 101, $0.offset) < ($1.element.preference ?? 101, $1.offset) }
      .map { $0.element }
  }

  /// The preferred property called `name`.
  public func first(_ name: String) -> Property? { all(name).first }

  /// Whether the card stands for several others, as a list does. RFC 6350, section 6.1.4.
  public var isGroup: Bool { first("KIND")?.text.lowercased() == "group" }
}

/// How text is written in a value. RFC 6350, section 3.4.
public enum VCardText {
  /// `text` with its line ends, commas, semicolons and backslashes escaped.
  public static func encoded(_ text: String) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: ","), UInt8(ascii: ";"): result += [UInt8(ascii: "\\"), byte]
      case 0x0A: result += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case 0x0D: break
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A structured value of `components`.
  public static func encoded(_ components: [String]) -> String {
    components.map { encoded($0) }.joined(separator: ";")
  }

  /// The text that `value` stands for. An unknown escape is the character behind the backslash.
  public static func decoded(_ value: String) -> String {
    guard value.utf8.contains(UInt8(ascii: "\\")) else { return value }
    var result: [UInt8] = []
    result.reserveCapacity(value.utf8.count)
    var isEscaped = false
    for byte in value.utf8 {
      if isEscaped {
        result.append(byte == UInt8(ascii: "n") || byte == UInt8(ascii: "N") ? 0x0A : byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        result.append(byte)
      }
    }
    if isEscaped { result.append(UInt8(ascii: "\\")) }
    return String(decoding: result, as: UTF8.self)
  }

  /// The parts of `value` between unescaped `separator`s, still escaped.
  public static func split(_ value: String, at separator: UInt8) -> [String] {
    var parts: [String] = []
    var part: [UInt8] = []
    var isEscaped = false
    for byte in value.utf8 {
      if !isEscaped, byte == separator {
        parts.append(String(decoding: part, as: UTF8.self))
        part = []
        continue
      }
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      part.append(byte)
    }
    return parts + [String(decoding: part, as: UTF8.self)]
  }
}
