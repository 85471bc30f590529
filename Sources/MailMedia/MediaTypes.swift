internal import MailBytes
internal import MailSystem

/// What a file is: by its name in the system's tables, and where that leaves it open by its contents. Shared MIME-info
/// Database specification 0.21; mime.types as Debian's media-types has it.
public struct MediaTypes: Sendable {
  /// Where the tables are; what isn't there or can't be read is passed over.
  public struct Places: Sendable {
    /// Files with a type and its endings in each line, for the user; they come first.
    public var userTypes: [String]
    /// Directories of the shared MIME-info database, the user's first.
    public var databases: [String]
    /// As `userTypes`, for the system; they come last.
    public var systemTypes: [String]

    /// These files and directories and no others.
    public init(userTypes: [String], databases: [String], systemTypes: [String]) {
      self.userTypes = userTypes
      self.databases = databases
      self.systemTypes = systemTypes
    }

    /// `~/.mime.types`, `mime` in `$XDG_DATA_HOME` and in each of `$XDG_DATA_DIRS`, `/etc/mime.types`.
    public static func standard() -> Places {
      let home = userHome()
      let own = environment("XDG_DATA_HOME") ?? home.map { $0 + "/.local/share" }
      let shared = environment("XDG_DATA_DIRS") ?? "/usr/local/share:/usr/share"
      let folders = [own].compactMap { $0 } + shared.split(separator: ":").map(String.init)
      return Places(
        userTypes: home.map { [$0 + "/.mime.types"] } ?? [], databases: folders.map { $0 + "/mime" },
        systemTypes: ["/etc/mime.types"])
    }
  }

  /// So much of a file is enough to tell what it is, in octets.
  public static let headSize = 64 << 10

  private let places: Places
  private static let tableLimit = 16 << 20

  /// Looks into the tables at `places` each time it is asked.
  public init(_ places: Places = .standard()) { self.places = places }

  /// The media type of a file called `name` (its last component counts) that begins with `head`. What nothing is known of
  /// is text/plain where it is text, and application/octet-stream else.
  public func type(ofName name: String, head: ArraySlice<UInt8>) -> String {
    let name = name.split(separator: "/").last.map { Array($0.utf8) } ?? []
    let named = types(ofName: name)
    if named.count == 1 { return named[0] }
    let seen = magicType(head)
    if let first = named.first { return seen.flatMap { named.contains($0) ? $0 : nil } ?? first }
    if let seen { return seen }
    return looksLikeText(head) ? "text/plain" : "application/octet-stream"
  }

  /// Every type that files of this name may have: more than one only where the tables can't decide.
  private func types(ofName name: [UInt8]) -> [String] {
    guard !name.isEmpty else { return [] }
    if let type = typeByEnding(name, in: places.userTypes) { return [type] }
    var globs = GlobTable(name: name)
    for database in places.databases {
      // A database that isn't there says nothing.
      if let bytes = try? readFile(database + "/globs2", limit: Self.tableLimit) { globs.read(bytes) }
    }
    let found = globs.types
    if !found.isEmpty { return found }
    if let type = typeByEnding(name, in: places.systemTypes) { return [type] }
    return builtInType(name).map { [$0] } ?? []
  }

  private func typeByEnding(_ name: [UInt8], in files: [String]) -> String? {
    for file in files {
      // As above.
      if let bytes = try? readFile(file, limit: Self.tableLimit), let type = endingType(name, in: bytes) { return type }
    }
    return nil
  }

  private func magicType(_ head: ArraySlice<UInt8>) -> String? {
    guard !head.isEmpty else { return nil }
    for database in places.databases {
      // As above.
      guard let bytes = try? readFile(database + "/magic", limit: Self.tableLimit) else { continue }
      var table = MagicTable(bytes)
      if let type = table.type(of: head) { return type }
    }
    return builtInMagic(head)
  }
}

/// Whether `head` is the begin of a text: no control characters that texts don't have, and UTF-8 where it isn't ASCII.
func looksLikeText(_ head: ArraySlice<UInt8>) -> Bool {
  guard !head.isEmpty else { return false }
  for byte in head where byte < 0x20 || byte == 0x7F {
    guard (0x08...0x0D).contains(byte) || byte == 0x1B else { return false }
  }
  // The last character may be cut.
  var end = head.endIndex
  while end > head.startIndex, head.endIndex - end < 3, head[end - 1] & 0xC0 == 0x80 { end -= 1 }
  if end > head.startIndex, head[end - 1] >= 0xC0 { end -= 1 } else { end = head.endIndex }
  let whole = head[..<end]
  return isValidUTF8(whole.span)
}

/// The type of a file called `name` in a table of the form of mime.types: the longest ending that a line has.
func endingType(_ name: [UInt8], in table: [UInt8]) -> String? {
  guard let dot = name.dropFirst().firstIndex(of: 0x2E) else { return nil }
  let lower = name.map { $0.lowercasedASCII }
  var endings: [ArraySlice<UInt8>] = []
  for index in dot..<lower.count where lower[index] == 0x2E { endings.append(lower[(index + 1)...]) }
  var best: (length: Int, type: String)?
  for line in table.split(separator: 0x0A) {
    let words = line.prefix { $0 != 0x23 }.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    guard words.count > 1, words[0].contains(0x2F) else { continue }
    for word in words.dropFirst() {
      for ending in endings where ending.count == word.count && ending.count > best?.length ?? 0 {
        if zip(ending, word).allSatisfy({ $0 == $1.lowercasedASCII }) {
          best = (ending.count, string(words[0]).lowercased())
        }
      }
    }
  }
  return best?.type
}
