internal import MailStore
internal import MailSystem
internal import Maildir

extension Delivery {
  /// The store at `path`, made if it is missing. It must belong to the user whose rights the process has, and nobody else may
  /// write to it.
  static func openStore(_ path: String) throws(DeliveryError) -> MaildirRoot {
    if let status = try status(of: path) {
      if status.uid != effectiveUserID() { throw .notTrusted(path, reason: "belongs to another user") }
      if status.permissions & 0o002 != 0 { throw .notTrusted(path, reason: "everybody may write to it") }
      return MaildirRoot(path)
    }
    // A home directory that isn't mounted must not be made: only the store itself may be missing.
    let parent = parentDirectory(of: path)
    guard isDirectory(parent) else { throw .system(.notFound("mkdir", path: parent)) }
    try system { () throws(SystemError) in try createMaildir(path) }
    return MaildirRoot(path)
  }

  private static func status(of path: String) throws(DeliveryError) -> FileStatus? {
    do throws(SystemError) {
      return try fileStatus(path)
    } catch {
      if error.isNotFound { return nil }
      throw .system(error)
    }
  }

  /// Where the Inbox is, made if it is missing.
  func inboxPath() throws(DeliveryError) -> String {
    if root.layout == .maildirPlusPlus { return root.path }
    return try system { () throws(SystemError) in
      if let folder = try root.folder(named: FolderName.inbox) { return folder.path }
      return try root.createFolder(FolderName.inbox).path
    }
  }

  /// A writer in `folder`, whose directories are made if they are missing.
  func openWriter(_ folder: String) throws(DeliveryError) -> MessageWriter {
    do throws(SystemError) {
      return try MessageWriter(folder: folder)
    } catch {
      guard error.isNotFound else { throw .system(error) }
    }
    return try system { () throws(SystemError) in
      try createMaildir(folder)
      return try MessageWriter(folder: folder)
    }
  }

  /// Where the folder of `plan` is. One that can't be, or is missing and must not be made, is replaced by the Inbox.
  func folderPath(_ plan: DeliveryPlan, inbox: String) throws(DeliveryError) -> String {
    if FolderName.isInbox(plan.folder) { return inbox }
    func refuse(_ problem: String) -> String {
      report(.notice("\(plan.folder): \(problem); delivered to the Inbox"))
      return inbox
    }
    if let problem = FolderName.problem(with: plan.folder) { return refuse(problem) }
    return try system { () throws(SystemError) in
      // The way of nearly all: a folder of exactly this name.
      if let folder = try root.folder(named: plan.folder) { return folder.path }
      let names = try root.folders().map { FolderName.isInbox($0.name) ? FolderRole.inbox.standardName : $0.name }
      let name = place(of: plan.folder, among: names)
      if FolderName.isInbox(name) { return inbox }
      if let folder = try root.folder(named: name) { return folder.path }
      guard plan.createsFolder else { return refuse("no such folder") }
      if let problem = problem(withNew: name, among: names) { return refuse(problem) }
      return try root.createFolder(name).path
    }
  }

  /// The name in the store of the folder that `given` means: a system folder by its role, and else the one whose name
  /// differs only in case. The files alone are asked.
  private func place(of given: String, among names: [String]) -> String {
    let name = FolderName.canonical(given, in: root.layout)
    if let system = Store.Options(configuration).systemFolder(called: name, among: names) { return system }
    return FolderName.respelled(name, among: names)
  }

  /// Why no folder `name` can be made beside those called `names`; nil when it can.
  private func problem(withNew name: String, among names: [String]) -> String? {
    if let problem = FolderName.problem(withNew: name, in: root.layout) { return problem }
    let above = FolderName.ancestors(of: name).map { $0.lowercased() }
    for role in [FolderRole.sent, .junk] where !above.isEmpty {
      let folder = Store.Options(configuration).name(for: role, among: names)
      if above.contains(folder.lowercased()) { return "\(folder) can't have folders in it" }
    }
    return nil
  }
}

/// Does `body`, and tells of a failed system call as of a failed delivery.
func system<Value: ~Copyable>(_ body: () throws(SystemError) -> Value) throws(DeliveryError) -> Value {
  do throws(SystemError) { return try body() } catch { throw .system(error) }
}
