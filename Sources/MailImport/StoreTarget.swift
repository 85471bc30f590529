public import MailStore
internal import MailSystem
internal import Maildir

/// A store that messages are imported into.
public final class StoreTarget: ImportTarget {
  private let store: Store
  private let duplicates: Duplicates
  private var known: [Folder]
  private var folders: [String: Folder] = [:]

  /// Makes the store at `path` if nothing is there. Only it may be missing: a home directory that isn't mounted is not made.
  public static func makeStore(at path: String) throws(StoreError) {
    do throws(SystemError) {
      _ = try fileStatus(path)
    } catch {
      guard error.isNotFound else { throw .system(error) }
      guard isDirectory(parentDirectory(of: path)) else { throw .noSuchStore(path) }
      do throws(SystemError) { try createMaildir(path) } catch { throw .system(error) }
    }
  }

  /// Imports into `store`, which has been synchronised.
  public init(_ store: Store) throws {
    self.store = store
    duplicates = Duplicates(store)
    known = try store.foldersWithMissing()
  }

  public func name(of role: FolderRole) -> String { known.first { $0.role == role }?.name ?? role.standardName }

  public func folder(for name: String) throws -> (name: String, isNew: Bool) {
    if let folder = known.match(name) {
      folders[folder.name] = folder
      return (folder.name, folder.id == 0)
    }
    let folder = try make(FolderName.canonical(name, in: store.layout))
    folders[folder.name] = folder
    known = try store.foldersWithMissing()
    return (folder.name, true)
  }

  private func make(_ name: String) throws -> Folder {
    do throws(StoreError) {
      return try store.createFolder(name)
    } catch {
      switch error {
      case .badFolderName, .notPermitted: break
      default: throw error
      }
      // A name that this store can't have: its files use it, or no folder may lie below another. Another name will do.
      let plain = "_" + name.split(separator: "/").joined(separator: " ")
      if let folder = try store.foldersWithMissing().match(plain) { return folder }
      return try store.createFolder(plain)
    }
  }

  public func add(_ messages: [NewMessage], to folder: String) throws -> (messages: Int, bytes: Int64) {
    guard let target = folders[folder] else { throw StoreError.noSuchFolder(folder) }
    let added = try store.add(messages, to: target)
    if target.id == 0 { folders[folder] = try store.folder(named: folder) }
    var (count, bytes) = (0, Int64(0))
    for (message, added) in zip(messages, added) where added != nil {
      count += 1
      bytes += Int64(message.bytes.count)
    }
    return (count, bytes)
  }

  public func contains(_ message: FoundMessage) throws -> Bool { try duplicates.contains(message) }

  public func setColours(_ colours: [String: String]) throws {
    let present = try store.tagColours()
    let names = Set(try store.tagNames().map(\.name))
    for (name, colour) in colours where present[name] == nil && names.contains(name) {
      guard let colour = TagColour(colour) else { continue }
      try store.setColour(colour, ofTag: name)
    }
  }
}
