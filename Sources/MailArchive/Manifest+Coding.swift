internal import MailStore

extension Manifest {
  /// The manifest as the contents of its entry. The same manifest gives the same bytes.
  public func encode() -> [UInt8] {
    var lines: [UInt8] = []
    for message in messages { Manifest.append(message, to: &lines) }
    return Manifest.head(messages: messages.count, colours: colours) + lines
  }

  /// The first line.
  static func head(messages: Int, colours: [String: String]) -> [UInt8] {
    var line: [UInt8] = []
    let members: [(String, JSONValue)] = [
      ("postbag", .number(Manifest.version)), ("messages", .number(Int64(messages))),
      ("tags", .object(colours.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
    ]
    JSONValue.object(members).write(to: &line)
    line.append(UInt8(ascii: "\n"))
    return line
  }

  /// Appends the line of a message.
  static func append(_ message: Message, to lines: inout [UInt8]) {
    var members: [(String, JSONValue)] = [("file", .string(message.file)), ("folder", .string(message.folder))]
    if let role = message.role { members.append(("role", .string(role.word))) }
    members.append(("flags", .string(letters(of: message.flags))))
    if message.flags.contains(.recent) { members.append(("new", .bool(true))) }
    if !message.tags.isEmpty { members.append(("tags", .array(message.tags.map { .string($0) }))) }
    if let comment = message.comment { members.append(("comment", .string(comment))) }
    if let received = message.received { members.append(("received", .number(received))) }
    if let key = message.key { members.append(("key", .string(key))) }
    JSONValue.object(members).write(to: &lines)
    lines.append(UInt8(ascii: "\n"))
  }

  /// Reads the contents of a manifest.
  public static func decode(_ bytes: [UInt8]) throws(ManifestError) -> Manifest {
    var manifest = Manifest()
    var number = 0
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      number += 1
      guard let value = JSONValue(parsing: bytes[start..<end]) else { throw .malformed(line: number, "a JSON object") }
      if number == 1 {
        try manifest.readHead(value)
      } else {
        manifest.messages.append(try Message(value, line: number))
      }
      start = end + 1
    }
    if number == 0 { throw .malformed(line: 1, "\"postbag\"") }
    return manifest
  }

  private mutating func readHead(_ value: JSONValue) throws(ManifestError) {
    guard let version = value["postbag"]?.number, version > 0 else { throw .malformed(line: 1, "\"postbag\"") }
    guard version <= Manifest.version else { throw .tooNew(version) }
    for (name, colour) in value["tags"]?.members ?? [] { colours[name] = colour.string }
  }
}

extension Manifest.Message {
  fileprivate init(_ value: JSONValue, line: Int) throws(ManifestError) {
    guard let file = value["file"]?.string else { throw .malformed(line: line, "\"file\"") }
    guard let folder = value["folder"]?.string else { throw .malformed(line: line, "\"folder\"") }
    self.init(file: file, folder: folder)
    role = value["role"]?.string.flatMap { FolderRole(word: $0) }
    for letter in value["flags"]?.string ?? "" {
      if let flag = flagLetters.first(where: { $0.0 == letter }) { flags.insert(flag.1) }
    }
    if value["new"] == .bool(true) { flags.insert(.recent) }
    tags = value["tags"]?.elements?.compactMap(\.string) ?? []
    comment = value["comment"]?.string
    received = value["received"]?.number
    key = value["key"]?.string
  }
}

/// The letters of flags in file names, in their order.
private let flagLetters: [(Character, MessageFlags)] = [
  ("D", .draft), ("F", .flagged), ("P", .forwarded), ("R", .answered), ("S", .seen), ("T", .trashed),
]

/// The letters of `flags` as they stand in a file name.
func letters(of flags: MessageFlags) -> String {
  String(flagLetters.filter { flags.contains($0.1) }.map(\.0))
}
