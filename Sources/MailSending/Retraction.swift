internal import MailStore
internal import MailSystem
internal import Maildir

extension Outbox {
  /// Takes a message out of the queue that was not sent; its copy in Sent goes to the folder of `role`. One that somebody
  /// has got stays where it is.
  func retract(_ entry: QueueEntry, to role: FolderRole) throws(SendError) {
    if !entry.isDone, !entry.state.hasLeft, entry.state.doubtful.isEmpty {
      // INVARIANT: from here on nobody sends it.
      try entry.markDone()
      try moveCopy(entry, to: role)
    }
    try entry.remove()
  }

  private func moveCopy(_ entry: QueueEntry, to role: FolderRole) throws(SendError) {
    guard let copy = entry.record.aftermath.copy, let path = SentCopy.find(copy),
      let store = entry.record.place.store ?? store
    else { return }
    var target = ""
    do throws(SystemError) {
      let root = MaildirRoot(store)
      let names = try root.folders().map(\.name)
      let name = Store.Options(configuration).name(for: role, among: names)
      let folder = try existingOrNew(name, root)
      var fields = MessageName(copy.fileName)
      fields.flags = role == .drafts ? [.draft, .seen] : .seen
      target = "\(folder.path)/cur/\(fields.fileName)"
      try renameFileExclusively(path, to: target)
      try synchroniseDirectory("\(folder.path)/cur")
    } catch {
      throw .copy(error.description)
    }
    do {
      let opened = try openStore(store)
      if let id = try opened.message(path: target)?.id { try opened.changeKeywords([id], remove: [.submitPending]) }
    } catch {
      // The message is where it belongs; only a mark is left.
      notify("\(store): \(error)")
    }
  }
}

private func existingOrNew(_ name: String, _ root: MaildirRoot) throws(SystemError) -> MaildirRoot.Folder {
  if let folder = try root.folder(named: name) { return folder }
  return try root.createFolder(name)
}

extension Queue {
  /// Removes the files of an entry that can't be read.
  func removeDamaged(_ id: String) throws(SendError) {
    for suffix in ["log", "done", "eml"] {
      do throws(SystemError) {
        try removeFile("\(directory)/\(id).\(suffix)")
      } catch {
        guard error.isNotFound else { throw .queue(error) }
      }
    }
  }
}
