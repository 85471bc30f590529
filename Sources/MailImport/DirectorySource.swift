internal import MailArchive
internal import MailStore
internal import MailSystem
internal import Maildir

/// A directory with mail in it: a Maildir, a tree of Maildirs, files with messages, files with mailboxes, and all of these
/// below each other.
struct DirectorySource {
  let path: String
  let name: String
  var format: SourceFormat?
  /// What an archive says of the messages in Maildirs.
  private var described: [String: Manifest.Message] = [:]

  init(path: String, name: String, format: SourceFormat? = nil) {
    (self.path, self.name, self.format) = (path, name, format)
  }

  /// Hands all messages to `visitor`.
  func read(_ visitor: any SourceVisitor) throws {
    var source = self
    try source.readManifest(visitor)
    try source.walk(path, name, SourceFolder(), depth: 32, visitor, Reach())
  }

  /// What an archive of ours says about the messages of a Maildir.
  private mutating func readManifest(_ visitor: any SourceVisitor) throws {
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try readFile("\(path)/\(Manifest.entryName)")
    } catch {
      guard error.isNotFound else { throw error }
      return
    }
    do throws(ManifestError) {
      let manifest = try Manifest.decode(bytes)
      (visitor as? any TagColourTaker)?.take(colours: manifest.colours)
      for message in manifest.messages {
        // `.Work/cur/123.host:2,S`
        let half = parentDirectory(of: "\(path)/\(message.file)")
        described[MaildirSource.place(parentDirectory(of: half), lastComponent(of: message.file))] = message
      }
    } catch {
      throw ImportError.damaged(name, reason: error.description)
    }
  }

  /// The bytes of all files in it, for the progress bar.
  func size() throws(SystemError) -> Int64 { try size(path, depth: 32) }

  private func size(_ directory: String, depth: Int) throws(SystemError) -> Int64 {
    var total: Int64 = 0
    for entry in try directoryEntries(directory) {
      let status: FileStatus
      do throws(SystemError) {
        status = try fileStatus("\(directory)/\(entry)", followLinks: false)
      } catch {
        continue  // It is met again when it is read.
      }
      if status.isRegular { total += status.size }
      if status.isDirectory, depth > 0, entry != "postbag" {
        // Likewise.
        total += (try? size("\(directory)/\(entry)", depth: depth - 1)) ?? 0
      }
    }
    return total
  }

  private func walk(
    _ directory: String, _ shown: String, _ folder: SourceFolder, depth: Int, _ visitor: any SourceVisitor,
    _ reach: Reach
  ) throws {
    let isMaildir = MaildirSource.isMaildir(directory)
    if isMaildir {
      try MaildirSource(path: directory, name: shown, folder: folder, described: described).read(visitor, reach)
    }
    var files: [String] = []
    let (entries, odd) = try names(in: directory)
    let known = Set(entries)
    for entry in entries {
      var child = "\(directory)/\(entry)"
      var visitor = visitor
      var held: HeldFile?
      if let bytes = odd[entry] {
        do throws(SystemError) {
          let file = try HeldFile(bytes, in: directory)
          visitor = RebasedVisitor(visitor, from: file.path, to: child)
          child = file.path
          held = file
        } catch {
          // Of a symbolic link nothing is said.
          if !error.isAboutName { visitor.note(.unreadable(name: "\(shown)/\(entry)", reason: error.reason)) }
          continue
        }
      }
      defer { withExtendedLifetime(held) {} }
      guard let status = try? fileStatus(child, followLinks: held != nil) else { continue }  // it has gone meanwhile
      if status.isRegular, !isMaildir, entry.first != "." {
        files.append(entry)
      } else if status.isDirectory, depth > 0, !isMaildir || !["cur", "new", "tmp"].contains(entry), entry != "postbag"
      {
        // Other directories with a dot are no mail: .git, .imap, .notmuch.
        guard entry.first != "." || MaildirSource.isMaildir(child) else { continue }
        try descend(child, "\(shown)/\(entry)", subfolder(entry, in: folder), depth: depth - 1, visitor, reach)
      }
    }
    let sequences = files.isEmpty ? nil : MHSequences(folder: directory)
    for file in files {
      guard let bytes = odd[file] else {
        try read(file, "\(directory)/\(file)", in: directory, shown, folder, known, sequences, visitor, reach)
        continue
      }
      let held = try HeldFile(bytes, in: directory)
      let rebased = RebasedVisitor(visitor, from: held.path, to: "\(directory)/\(file)")
      try read(file, held.path, in: directory, shown, folder, known, sequences, rebased, reach)
      withExtendedLifetime(held) {}
    }
  }

  /// The names in a directory, and the bytes of those that aren't UTF-8.
  private func names(in directory: String) throws -> ([String], odd: [String: [UInt8]]) {
    var names: [String] = []
    var odd: [String: [UInt8]] = [:]
    try forEachDirectoryEntry(at: directory) { span, _ in
      let bytes = span.indices.map { span[$0] }
      let name = shownName(bytes)
      if !name.utf8.elementsEqual(bytes) { odd[name] = bytes }
      names.append(name)
    }
    return (names.sorted(), odd)
  }

  private func descend(
    _ directory: String, _ shown: String, _ folder: SourceFolder, depth: Int, _ visitor: any SourceVisitor,
    _ reach: Reach
  ) throws {
    do {
      try walk(directory, shown, folder, depth: depth, visitor, reach)
    } catch let error as SystemError where error.path == directory {
      visitor.note(.unreadable(name: shown, reason: error.reason))
    }
  }

  private func read(
    _ file: String, _ full: String, in directory: String, _ shown: String, _ folder: SourceFolder, _ known: Set<String>,
    _ sequences: MHSequences?, _ visitor: any SourceVisitor, _ reach: Reach
  ) throws {
    var source = FileSource(path: full, name: "\(shown)/\(file)", format: format, folder: folder)
    let bare = withoutSuffix(file, [".gz", ".bz2", ".xz", ".zst"])
    let stem = withoutSuffix(bare, [".mbox", ".mbx"])
    // QUIRK: Apple Mail exports the folder X as X.mbox/mbox.
    source.ownFolder = file == "mbox" && directory.hasSuffix(".mbox") ? folder : folder.below(stem)
    source.isFolderForSure = stem != bare || known.contains(file + ".msf")
    do {
      let shifted = ShiftedVisitor(visitor, full, sequences?.flags(of: file))
      if try !source.read(shifted), !file.hasSuffix(".msf") { visitor.note(.noMail(name: source.name)) }
      try reach.add(fileStatus(full).size, visitor)
    } catch let error as SystemError where error.path == full {
      visitor.note(.unreadable(name: source.name, reason: error.reason))
    }
  }
}

/// Passes everything on, but for the progress within one file; flags known from elsewhere are added.
private final class ShiftedVisitor: SourceVisitor {
  private let visitor: any SourceVisitor
  private let path: String
  private let flags: MessageFlags?

  init(_ visitor: any SourceVisitor, _ path: String, _ flags: MessageFlags?) {
    self.visitor = visitor
    self.path = path
    self.flags = flags
  }

  var sizeLimit: Int { visitor.sizeLimit }
  func note(_ problem: SourceProblem) { visitor.note(problem) }
  func advance(to bytes: Int64) throws {}

  func take(_ message: FoundMessage) throws {
    var message = message
    if let flags { message.flags.formUnion(flags) }
    // Places in one file of a directory say nothing about those in another.
    if message.identity.isEmpty { message.identity = path }
    try visitor.take(message)
  }
}
