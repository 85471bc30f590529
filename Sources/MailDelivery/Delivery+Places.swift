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
    if let problem = FolderName.problem(with: plan.folder) {
      report(.notice("\(plan.folder): \(problem); delivered to the Inbox"))
      return inbox
    }
    return try system { () throws(SystemError) in
      if let folder = try root.folder(named: plan.folder) { return folder.path }
      let canonical = FolderName.canonical(plan.folder, in: root.layout)
      if canonical != plan.folder, let folder = try root.folder(named: canonical) { return folder.path }
      if plan.createsFolder { return try root.createFolder(canonical).path }
      report(.notice("\(plan.folder): no such folder; delivered to the Inbox"))
      return inbox
    }
  }
}

/// Does `body`, and tells of a failed system call as of a failed delivery.
func system<Value: ~Copyable>(_ body: () throws(SystemError) -> Value) throws(DeliveryError) -> Value {
  do throws(SystemError) { return try body() } catch { throw .system(error) }
}
