internal import MailBytes
internal import MailConfiguration
internal import MailContacts
internal import MailMIME
internal import MailStore
internal import MailSystem

extension Outbox {
  /// Takes messages out of the queue for which nothing is left to be done but what the store is to know.
  func finish(_ entries: [QueueEntry]) throws(SendError) {
    guard !entries.isEmpty else { return }
    // INVARIANT: from here on nobody sends them, whatever becomes of this process.
    for entry in entries where entry.concernsStore { try entry.markDone() }
    for (store, group) in Dictionary(grouping: entries.filter(\.concernsStore), by: { $0.record.place.store ?? "" }) {
      do {
        try noteInStore(group, at: store)
      } catch {
        notify("\(store): what was sent can't be noted: \(error)")
        // Another run may be luckier; what is too old is no longer worth it.
        let oldest = now() / 1_000_000_000 - Int64(configuration.send.giveUpAfter)
        for entry in group where entry.record.created < oldest { try entry.remove() }
        for entry in entries where !entry.concernsStore { try entry.remove() }
        continue
      }
      for entry in group { try entry.remove() }
    }
    for entry in entries where !entry.concernsStore { try entry.remove() }
  }

  /// Marks the copies as sent and the originals as answered or forwarded; remembers who was written to.
  private func noteInStore(_ entries: [QueueEntry], at path: String) throws {
    let store = try openStore(path)
    let copies = try entries.compactMap { entry -> Int64? in
      guard entry.state.hasLeft, let copy = entry.record.aftermath.copy else { return nil }
      return try store.message(path: "\(copy.directory)/cur/\(copy.fileName)")?.id
    }
    if !copies.isEmpty { try store.changeKeywords(copies, add: [.submitted], remove: [.submitPending]) }
    for (flag, path) in [
      (MessageFlags.answered, \QueueRecord.Aftermath.replied), (.forwarded, \QueueRecord.Aftermath.forwarded),
    ] {
      let identifiers = entries.filter(\.state.hasLeft).flatMap { $0.record.aftermath[keyPath: path] }
      let originals = try identifiers.flatMap { try store.messages(messageID: $0).map(\.id) }
      if !originals.isEmpty { try store.setFlags(originals, add: flag, remove: []) }
    }
    try recordUse(entries, store)
  }

  /// Who was written to is offered first the next time. Lists of hundreds are no acquaintances.
  private func recordUse(_ entries: [QueueEntry], _ store: Store) throws {
    let book = ContactBook(store: store, settings: ContactSettings(configuration))
    for entry in entries where entry.state.hasLeft && entry.record.envelope.recipients.count <= 50 {
      let head = try readBytes(entry.descriptor, at: 0, count: 256 << 10)
      let headers = Message(parsingHeaderOf: head).headers
      let named = ["To", "Cc", "Bcc"].flatMap { headers.addresses($0) }.filter { !$0.address.isEmpty }
      if !named.isEmpty { try book.recordUse(of: named, at: now() / 1_000_000_000) }
    }
  }

  /// The message was accepted for sending: it is no draft any more, and until it has gone its copy says so.
  public func noteAcceptance(_ entry: QueueEntry, _ result: SendResult) {
    let record = entry.record
    guard result.isQueued || result.has(.sent) else { return }
    let waits = !entry.isDone && !entry.state.isSettled && record.aftermath.copy != nil
    guard let path = record.place.store, waits || record.aftermath.draft != nil else { return }
    do {
      let store = try openStore(path)
      if waits, let copy = record.aftermath.copy,
        let id = try store.message(path: "\(copy.directory)/cur/\(copy.fileName)")?.id
      {
        try store.changeKeywords([id], add: [.submitPending])
      }
      if let key = record.aftermath.draft { try removeDraft(key, store) }
    } catch {
      // The message is safe, and goes; a draft too many is seen by its owner.
      notify("\(path): \(error)")
    }
  }

  /// Removes the draft `key`, if it is one.
  private func removeDraft(_ key: String, _ store: Store) throws {
    guard let drafts = try store.folders().first(where: { $0.role == .drafts }),
      let row = try store.message(path: "\(drafts.path)/cur/\(key)"), row.folder == drafts.id
    else { return }
    _ = try store.remove([row.id], from: [drafts.id])
  }

  func openStore(_ path: String) throws -> Store {
    let store = try Store.open(path, options: Store.Options(configuration))
    try store.synchronise()
    return store
  }
}

extension QueueEntry {
  /// There is something to be noted in a store when the message has gone.
  var concernsStore: Bool {
    guard record.place.store != nil, state.hasLeft else { return false }
    return record.aftermath.copy != nil || !record.aftermath.replied.isEmpty || !record.aftermath.forwarded.isEmpty
  }
}
