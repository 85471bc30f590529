import MailCommand
import MailCompose
import MailMIME
import MailStore
import MailSystem

extension Desk {
  /// Goes on with a draft: the one that is named, else what an editor left behind, else the newest in Drafts.
  func resume() throws {
    let store = try draftStore()
    let place = try workplace()
    guard command.words.count <= 1 else { throw Failure.usage("one draft can be gone on with at a time") }
    let orphans = WorkingFolder.orphans(at: place)
    if let reference = command.words.first {
      guard let store else { throw StoreError.noSuchStore(try command.storeOptions.root()) }
      let row = try draft(reference, store)
      let key = DraftKeeper.key(of: row)
      try refuseIfLive(row, place, store)
      // The editor may have written more than the draft has.
      if let orphan = try orphans.first(where: {
        try $0.draftKey.flatMap { try DraftKeeper.draft(key: $0, in: store) }.map(DraftKeeper.key) == key
      }) {
        return try adopt(orphan, row)
      }
      return try adopt(row, store)
    }
    if let orphan = orphans.first {
      let row = try store.flatMap { store in try orphan.draftKey.flatMap { try DraftKeeper.draft(key: $0, in: store) } }
      if orphans.count > 1 {
        MailCompose.warn("\(orphans.count - 1) more messages were left by editors; call --resume again")
      }
      return try adopt(orphan, row)
    }
    guard let store, let row = try newestDraft(store) else {
      throw Failure(.noInput, "there is no draft", hint: "mail-list Drafts shows drafts.")
    }
    try refuseIfLive(row, place, store)
    try adopt(row, store)
  }

  private func adopt(_ row: MessageRow, _ store: Store) throws {
    composition = Composition(draft: Message(parsing: try readFile(try store.path(of: row))))
    keeper = DraftKeeper(store, draft: row)
  }

  private func adopt(_ folder: WorkingFolder, _ row: MessageRow?) throws {
    let base = EditorPage(Composition(draft: try folder.base()))
    let page = try folder.page()
    do throws(ComposeError) {
      composition = try base.read(page)
    } catch {
      composition = base.base
      composition.text = page
      brokenPage = BrokenPage(base: base, text: page, problem: error)
    }
    if let store = try draftStore() { keeper = DraftKeeper(store, draft: row) }
    orphan = folder
  }

  private func draft(_ reference: String, _ store: Store) throws -> MessageRow {
    var resolver = ReferenceResolver(store, for: .change) { MailCompose.complain($0) }
    let rows = try resolver.messages([reference])
    try resolver.finish()
    guard rows.count == 1 else { throw Failure.usage("one draft can be gone on with at a time") }
    let folders = try store.folders()
    let role = folders.first { $0.id == rows[0].folder }?.role
    guard role == .drafts || rows[0].flags.contains(.draft) else {
      throw Failure(.badData, "\(reference): not a draft", hint: "--template begins a new message with it.")
    }
    return rows[0]
  }

  /// Numbers ascend with arrival, and each time a draft is saved it gets a new one.
  private func newestDraft(_ store: Store) throws -> MessageRow? {
    let folder = try store.folder(named: FolderRole.drafts.standardName)
    guard folder.id != 0 else { return nil }
    var request = ListRequest()
    request.folders = [folder]
    return try store.listIDs(request).max().flatMap { try store.message(id: $0) }
  }

  private func refuseIfLive(_ row: MessageRow, _ place: String, _ store: Store) throws {
    for folder in WorkingFolder.live(at: place) {
      guard let key = folder.draftKey, let draft = try DraftKeeper.draft(key: key, in: store), draft.id == row.id else {
        continue
      }
      throw Failure(.temporary, "the draft is being written by another mail-compose")
    }
  }
}
