internal import MailSystem

/// The numbers of the last list, and the last message shown: kept per terminal, session and store.
///
/// `$XDG_RUNTIME_DIR/postbag/list-…` has one line a message, `<id> <key>`, in the order of the list; `….shown` has one
/// line. `$POSTBAG_LIST` names the file instead, for scripts.
public struct ListMemory: Sendable {
  /// A remembered message.
  public struct Entry: Equatable, Sendable {
    /// The message's number in the store.
    public var id: Int64
    /// The part of the file name that stays the same.
    public var key: String
  }

  let path: String
  private let needsDirectory: Bool

  /// The memory for the store at `root`; nil when there is neither a terminal session nor `$POSTBAG_LIST`.
  public init?(root: String) {
    if let path = environment("POSTBAG_LIST") {
      self.path = path
      needsDirectory = false
      return
    }
    guard let session = terminalSession(), let directory = Self.directory() else { return nil }
    path = "\(directory)/list-\(session)-\(String(rootHash(root), radix: 36))"
    needsDirectory = true
  }

  init(path: String) {
    self.path = path
    needsDirectory = false
  }

  private static func directory() -> String? {
    if let runtime = environment("XDG_RUNTIME_DIR") { return runtime + "/postbag" }
    let runtime = "/run/user/\(effectiveUserID())"
    if isDirectory(runtime) { return runtime + "/postbag" }
    if let cache = environment("XDG_CACHE_HOME") { return cache + "/postbag" }
    return userHome().map { $0 + "/.cache/postbag" }
  }

  /// The messages numbered `numbers`, the first being 1.
  public func entries(_ numbers: ClosedRange<Int>) throws -> [Entry] {
    guard let bytes = try read(path) else {
      throw Failure.usage("\(numbers.lowerBound): no list has been printed here", hint: "Run mail-list first.")
    }
    var entries: [Entry] = []
    var number = 0
    var start = 0
    while start < bytes.count, number < numbers.upperBound {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      number += 1
      if numbers.contains(number), let entry = Self.entry(bytes[start..<end]) { entries.append(entry) }
      start = end + 1
    }
    guard numbers.upperBound <= number, numbers.lowerBound > 0 else {
      let wrong = numbers.lowerBound > number || numbers.lowerBound < 1 ? numbers.lowerBound : numbers.upperBound
      throw Failure.usage("\(wrong): the last list has \(number) message\(number == 1 ? "" : "s")")
    }
    return entries
  }

  /// The message that was shown last.
  public func shown() throws -> Entry {
    guard let bytes = try read(path + ".shown"), let entry = Self.entry(bytes.prefix { $0 != UInt8(ascii: "\n") })
    else { throw Failure.usage(".: no message has been shown here") }
    return entry
  }

  /// Remembers the message that is being shown.
  public func remember(shown id: Int64, name: String) {
    var buffer = ByteBuffer(capacity: 128)
    Self.append(id: id, name: name, to: &buffer)
    save(unsafe [UInt8](buffer.bytes), as: path + ".shown")
  }

  func remember(list bytes: [UInt8]) { save(bytes, as: path) }

  /// Appends the line for a message to a list.
  static func append(id: Int64, name: String, to buffer: inout ByteBuffer) {
    append(id: id, name: name.utf8.span, to: &buffer)
  }

  static func append(id: Int64, name bytes: Span<UInt8>, to buffer: inout ByteBuffer) {
    buffer.append(decimal: id)
    buffer.append(UInt8(ascii: " "))
    var start = 0
    var end = bytes.count
    for index in bytes.indices {
      let byte = bytes[index]
      if byte == UInt8(ascii: "/") {
        start = index + 1
      } else if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") {
        end = index
        break
      }
    }
    buffer.append(bytes.extracting(start..<max(start, end)))
    buffer.append(UInt8(ascii: "\n"))
  }

  private static func entry(_ line: ArraySlice<UInt8>) -> Entry? {
    guard let space = line.firstIndex(of: UInt8(ascii: " ")),
      let id = Int64(String(decoding: line[..<space], as: UTF8.self))
    else { return nil }
    return Entry(id: id, key: String(decoding: line[(space + 1)...], as: UTF8.self))
  }

  private func read(_ path: String) throws(SystemError) -> [UInt8]? {
    do throws(SystemError) {
      return try readFile(path, limit: 64 << 20)
    } catch {
      if error.isNotFound { return nil }
      throw error
    }
  }

  private func save(_ bytes: [UInt8], as path: String) {
    do throws(SystemError) {
      if needsDirectory { try createDirectories(parentDirectory(of: path)) }
      let temporary = "\(path).\(processID()).new"
      let file = try File(temporary, [.write, .create, .truncate], permissions: 0o600)
      try file.write(bytes)
      try file.close()
      try renameFile(temporary, to: path)
    } catch {
      // Numbers are a convenience: a list that can't be remembered has been printed all the same.
    }
  }
}

/// The controlling terminal and the session of this process; nil when it has no terminal.
private func terminalSession() -> String? {
  // Without /proc there are no numbers.
  guard let bytes = try? readFile("/proc/self/stat", limit: 4096),
    let end = bytes.lastIndex(of: UInt8(ascii: ")"))
  else { return nil }
  // state, parent, process group, session, terminal: proc(5).
  let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " "), maxSplits: 5)
  guard fields.count > 4 else { return nil }
  let session = String(decoding: fields[3], as: UTF8.self)
  let terminal = String(decoding: fields[4], as: UTF8.self)
  return terminal == "0" ? nil : "\(terminal)-\(session)"
}

/// FNV-1a of a path: tells stores apart, nothing more.
private func rootHash(_ root: String) -> UInt64 {
  root.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
