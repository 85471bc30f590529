import Glibc
import MailStore
import MailSystem

/// A Maildir in a temporary folder, changed as other programs change one: with the file system alone.
final class TestStore {
  let root: String
  private var count = 0

  init(folders: [String] = []) throws {
    let directory = environment("TMPDIR") ?? "/tmp"
    root = "\(directory)/postbag-store-\(UInt64.random(in: 0 ... .max))"
    try makeMaildir(root)
    for folder in folders { try makeMaildir("\(root)/\(folder)") }
  }

  deinit {
    // A folder left behind in /tmp harms no test.
    try? removeTree(root)
  }

  func makeMaildir(_ path: String) throws {
    for half in ["", "/tmp", "/new", "/cur"] { try createDirectories(path + half) }
  }

  func open() throws -> Store { try Store.open(root) }

  /// Opens the store and brings it up to date.
  func synchronised() throws -> Store {
    let store = try open()
    try store.synchronise()
    return store
  }

  /// Writes a message file; gives its name below the root.
  @discardableResult
  func deliver(
    _ subject: String = "Hello", id: String? = nil, references: [String] = [], date: String? = nil,
    body: String = "Text\n",
    from: String = "Ann Example <ann@example.org>", to folder: String = "", flags: String? = nil, headers: String = ""
  ) throws -> String {
    count += 1
    var text = "From: \(from)\nTo: Bob <bob@example.net>\nSubject: \(subject)\n"
    if let id { text += "Message-ID: <\(id)>\n" }
    if let date { text += "Date: \(date)\n" }
    if !references.isEmpty { text += "References: \(references.map { "<\($0)>" }.joined(separator: " "))\n" }
    text += headers + "\n" + body
    let half = flags == nil ? "new" : "cur"
    let name = "\(1_600_000_000 + count).M\(count)P7.host" + (flags.map { ":2,\($0)" } ?? "")
    let path = (folder.isEmpty ? "" : folder + "/") + half + "/" + name
    let file = try File("\(root)/\(path)", [.write, .create, .exclusive])
    try file.write(Array(text.utf8))
    try file.close()
    return path
  }

  func rename(_ old: String, _ new: String) throws {
    try renameFile("\(root)/\(old)", to: "\(root)/\(new)")
  }

  func link(_ old: String, _ new: String) throws {
    try linkFile("\(root)/\(old)", to: "\(root)/\(new)")
  }

  func remove(_ path: String) throws {
    try removeFile("\(root)/\(path)")
  }

  /// The flag letters and the half of every file of the folder, sorted.
  func names(_ folder: String = "") throws -> [String] {
    var names: [String] = []
    for half in ["new", "cur"] {
      names += try directoryEntries("\(root)/\(folder.isEmpty ? "" : folder + "/")\(half)").map { "\(half)/\($0)" }
    }
    return names.sorted()
  }
}

func symbolicLink(_ path: String, to target: String) throws {
  if unsafe symlink(target, path) != 0 { throw SystemError(call: "symlink", path: path, errno: errno) }
}

func removeTree(_ path: String) throws {
  let status = try fileStatus(path, followLinks: false)
  guard status.isDirectory else { return try removeFile(path) }
  try setPermissions(path, to: 0o700)
  for entry in try directoryEntries(path) { try removeTree("\(path)/\(entry)") }
  try removeDirectory(path)
}

extension Store {
  func subjects(_ change: (inout ListRequest) throws -> Void = { _ in }) throws -> [String] {
    try allRows(change).map(\.subject)
  }

  func allRows(_ change: (inout ListRequest) throws -> Void = { _ in }) throws -> [MessageRow] {
    var request = ListRequest()
    try change(&request)
    var rows: [MessageRow] = []
    try list(request) { rows.append($0) }
    return rows
  }

  func differences() throws -> [String] {
    var found: [String] = []
    try check { found.append($0.description) }
    return found
  }
}
