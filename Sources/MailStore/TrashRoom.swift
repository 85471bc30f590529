internal import MailSQLite
public import MailSystem
public import Maildir

/// What lies in Trash and in the folders below it, as long as nobody needs the space: how mail that is coming in makes room.
///
/// Works on the files alone, as any Maildir program might, and needs no index. When a message came into Trash is looked up in
/// `state.db` where that is possible; otherwise the time at which its file was last renamed stands for it.
public struct TrashRoom {
  private struct Candidate {
    var folder: Int
    /// With `new/` or `cur/`.
    var name: String
    var size: Int64
    /// When it came into Trash, seconds since 1970.
    var since: Int64
  }

  private let folders: [MaildirRoot.Folder]
  private var candidates: [Candidate] = []

  /// All that Trash could give, in the order in which it came there.
  public private(set) var usage = MailUsage()

  /// Looks at the Trash of `root`; the folders' roles are those of `options`.
  public init(of root: MaildirRoot, options: Store.Options = Store.Options()) throws(SystemError) {
    let all = try root.folders()
    let trash = Set(options.roles(among: all.map(\.name)).filter { $0.value == .trash }.keys)
    folders = all.filter { folder in
      trash.contains(folder.name) || trash.contains { folder.name.hasPrefix($0 + "/") }
    }
    guard !folders.isEmpty else { return }
    let times = TrashTimes(root: root.path)
    for place in folders.indices { try list(place, times: times) }
    candidates.sort { ($0.since, $0.name) < ($1.since, $1.name) }
  }

  private mutating func list(_ place: Int, times: TrashTimes) throws(SystemError) {
    let folder = folders[place]
    let known = times.arrivals(in: folder.name)
    var found: [(name: String, key: String, size: Int64?)] = []
    do {
      try forEachMessage(inFolder: folder.path) { name, half in
        let fields = NameFields(name)
        let text = unsafe name.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
        let key = String(decoding: text.utf8.prefix(fields.keyLength), as: UTF8.self)
        found.append(("\(half.rawValue)/\(text)", key, fields.size))
      }
    } catch let error as SystemError {
      throw error
    } catch {
      // The closure above throws nothing.
    }
    for message in found {
      var (size, since) = (message.size, known[message.key])
      if size == nil || since == nil {
        do throws(SystemError) {
          let status = try fileStatus("\(folder.path)/\(message.name)", followLinks: false)
          size = size ?? status.size
          since = since ?? status.changeTime / 1_000_000_000
        } catch {
          guard error.isNotFound else { throw error }
          continue
        }
      }
      let time = max(since ?? 0, times.deletion(of: folder.name) ?? .min)
      let candidate = Candidate(folder: place, name: message.name, size: size ?? 0, since: time)
      candidates.append(candidate)
      usage = usage + MailUsage(bytes: candidate.size, messages: 1)
    }
  }

  /// Removes the messages that have been in Trash longest until `wanted` is free, and gives what they took. What is gone
  /// before its turn counts for nothing.
  public func free(_ wanted: MailUsage) throws(SystemError) -> MailUsage {
    var freed = MailUsage()
    var touched = Set<String>()
    for candidate in candidates where freed.bytes < wanted.bytes || freed.messages < wanted.messages {
      let folder = folders[candidate.folder].path
      do throws(SystemError) {
        try removeFile("\(folder)/\(candidate.name)")
      } catch {
        guard error.isNotFound else { throw error }
        continue
      }
      freed = freed + MailUsage(bytes: candidate.size, messages: 1)
      touched.insert("\(folder)/\(candidate.name.prefix(3))")
    }
    for directory in touched { try synchroniseDirectory(directory) }
    return freed
  }
}

/// What `state.db` knows about the times at which messages and folders came into Trash. A database that can't be asked
/// knows nothing: mail comes in all the same.
private struct TrashTimes {
  private let state: Database?

  init(root: String) {
    let path = "\(root)/postbag/state.db"
    guard let database = try? Database(path: path, access: .readWrite, busyTimeout: 1000) else {
      state = nil
      return
    }
    state = (try? database.keepLogFiles()) == nil ? nil : database
  }

  /// By key, the second at which each message came into the folder `name`, as far as that is known.
  func arrivals(in name: String) -> [String: Int64] {
    var times: [String: Int64] = [:]
    // An older form of the database has no times.
    guard
      let select = try? state?.prepare(
        """
        SELECT m.key, m.since FROM message m JOIN folder f ON f.id = m.folder
        WHERE f.name = ?1 AND m.since IS NOT NULL AND m.vanished IS NULL
        """)
    else { return times }
    select.bind(name, at: 1)
    while (try? select.step()) == true { times[select.text(0)] = select.integer(1) }
    return times
  }

  /// When the folder that is `name` now, or one above it, was deleted.
  func deletion(of name: String) -> Int64? {
    guard
      let select = try? state?.prepare(
        """
        SELECT max(time) FROM deleted_folder
        WHERE ?1 = name OR substr(?1, 1, length(name) + 1) = name || '/'
        """)
    else { return nil }
    select.bind(name, at: 1)
    guard (try? select.step()) == true, !select.isNull(0) else { return nil }
    return select.integer(0)
  }
}
