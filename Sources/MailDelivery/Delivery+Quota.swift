internal import MailConfiguration
internal import MailStore
internal import MailSystem
internal import Maildir

/// A message may come into the store.
struct Admission: ~Copyable {
  /// The store has a quota: what comes in is to be recorded.
  let isCounted: Bool
  /// What was removed to make room. Told to other deliverers together with the message: they are not to take its place.
  let freed: MailUsage
  /// Held from the moment at which room was made until the message has taken it, so that of several deliveries at once
  /// none removes what another has made room for.
  let lock: FileLock?
}

extension Delivery {
  /// Admits a message of `size` bytes. In a full store it gets the place of what has been in Trash longest; a message that
  /// wouldn't fit without Trash either removes nothing.
  func admit(_ size: Int64) throws(DeliveryError) -> Admission {
    let configured = MaildirQuota.Limits(bytes: configuration.quota.limit, messages: configuration.quota.messages)
    let room = try system { () throws(SystemError) in
      try MaildirQuota.room(for: size, inStore: root.path, configured: configured)
    }
    guard case .unknown(let limits) = room else {
      return Admission(isCounted: room == .enough, freed: MailUsage(), lock: nil)
    }
    // Nobody else needs to wait for a message that never fits.
    guard MaildirQuota.isFitting(size, limits: limits) else { throw overQuota }
    let lock = try roomLock()
    let freed = try makeRoom(for: size, limits: limits)
    return Admission(isCounted: true, freed: freed, lock: lock)
  }

  private var overQuota: DeliveryError {
    .overQuota(root.path, isFinal: configuration.quota.whenFull == .reject)
  }

  private func roomLock() throws(DeliveryError) -> FileLock {
    let directory = "\(root.path)/postbag"
    return try system { () throws(SystemError) in
      do throws(SystemError) { try createDirectory(directory) } catch { guard error.isExisting else { throw error } }
      return try FileLock("\(directory)/room.lock", patience: 30_000_000_000)
    }
  }

  private func makeRoom(for size: Int64, limits: MaildirQuota.Limits) throws(DeliveryError) -> MailUsage {
    let root = root
    // Others may have made room, or taken it, while this process waited.
    let counted = try system { () throws(SystemError) in
      try MaildirQuota.recalculated(ofStore: root.path, limits: limits)
    }
    guard let counted, !counted.fits(size) else { return MailUsage() }
    let wanted = counted.excess(with: size)
    let room = try system { () throws(SystemError) in
      try TrashRoom(of: root, options: Store.Options(configuration))
    }
    guard room.usage.bytes >= wanted.bytes, room.usage.messages >= wanted.messages else { throw overQuota }
    let freed = try system { () throws(SystemError) in try room.free(wanted) }
    // Somebody has emptied Trash meanwhile: then there is room as well, or there never was enough.
    guard freed.bytes < wanted.bytes || freed.messages < wanted.messages else { return freed }
    let again = try system { () throws(SystemError) in
      try MaildirQuota.recalculated(ofStore: root.path, limits: limits)
    }
    if let again, !again.fits(size) { throw overQuota }
    return MailUsage()
  }

  /// Adds messages to what the store holds, or takes them away.
  func record(bytes: Int64, messages: Int64) {
    do throws(SystemError) {
      try MaildirQuota.record(bytes: bytes, messages: messages, inStore: root.path)
    } catch {
      report(.notice(error.description))
    }
  }
}
