import Glibc
import MailStore
import MailSystem

@testable import MailContacts

/// A store in a temporary folder, with its address books; all of them are removed when the tests end.
final class TestBooks {
  let root: String
  var settings = ContactSettings()

  private static let base: String = {
    let path = "/tmp/postbag-contacts.\(processID())"
    try? createDirectories(path)
    _ = atexit { TestBooks.removeAll() }
    return path
  }()

  init() throws {
    root = "\(TestBooks.base)/\(UInt64.random(in: 0 ... .max))"
    for name in ["cur", "new", "tmp"] { try createDirectories("\(root)/Maildir/\(name)") }
  }

  private static func removeAll() { remove(base) }

  private static func remove(_ path: String) {
    for name in (try? directoryEntries(path)) ?? [] {
      let entry = "\(path)/\(name)"
      if isDirectory(entry) { remove(entry) } else { try? removeFile(entry) }
    }
    try? removeDirectory(path)
  }

  /// The books as another process sees them.
  func open() throws -> ContactBook { ContactBook(store: try Store.open("\(root)/Maildir"), settings: settings) }

  /// Gives the configuration a group with a book.
  func addGroup(_ name: String, members: [String] = [], editors: [String] = []) {
    var group = ContactSettings.Group(name: name)
    group.path = "\(root)/\(name).db"
    group.members = members
    group.editors = editors
    settings.groups.append(group)
  }

  /// Puts a message into a folder (`""` is the Inbox).
  func deliver(_ header: String, to folder: String = "") throws {
    let directory = folder.isEmpty ? "\(root)/Maildir" : "\(root)/Maildir/\(folder)"
    for name in ["cur", "new", "tmp"] where !isDirectory("\(directory)/\(name)") {
      try createDirectories("\(directory)/\(name)")
    }
    let number = UInt32.random(in: 0 ... .max)
    try replaceFile("\(directory)/cur/1700000000.M\(number)P1Q1.test:2,S", with: Array((header + "\n\nText\n").utf8))
  }
}

extension [Suggestion] {
  var addresses: [String] { map { $0.recipient } }
}
