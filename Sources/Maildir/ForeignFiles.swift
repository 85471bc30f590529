public import MailSystem

/// The name in the Maildir at `path` that no mail program is known to keep there, `name` of the first one found; nil when
/// there is none. Messages and folders aside, programs keep indexes, locks and the like in a Maildir.
public func unknownFile(inMaildir path: String) throws(SystemError) -> String? {
  for name in try directoryEntries(path).sorted() where !isKnownFile(name) {
    let inner = "\(path)/\(name)"
    // A folder of a tree.
    if isDirectory(inner), isDirectory("\(inner)/cur") { continue }
    return name
  }
  for half in ["cur", "new", "tmp"] where isDirectory("\(path)/\(half)") {
    for name in try directoryEntries("\(path)/\(half)").sorted() {
      let isOdd = name.unicodeScalars.contains("\u{FFFD}")
      if isOdd || isDirectory("\(path)/\(half)/\(name)") { return "\(half)/\(name)" }
    }
  }
  return nil
}

/// Whether a mail program keeps a file of this name in a Maildir: ourselves, Dovecot, Courier, mbsync, offlineimap, mutt,
/// mh-like programs and KMail.
private func isKnownFile(_ name: String) -> Bool {
  let names: Set<String> = [
    "cur", "new", "tmp", "maildirfolder", "maildirsize", "subscriptions", ".uidvalidity", ".isyncuidmap.db",
    ".mh_sequences", ".customflags", ".highwatermark", ".DS_Store",
  ]
  if names.contains(name) { return true }
  return ["dovecot", "courier", ".mbsyncstate", ".nfs"].contains { name.hasPrefix($0) }
}
