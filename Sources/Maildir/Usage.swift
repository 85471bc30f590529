public import MailSystem

/// What messages take: their bytes together, and their number.
public struct MailUsage: Sendable, Equatable {
  public var bytes: Int64
  public var messages: Int64

  public init(bytes: Int64 = 0, messages: Int64 = 0) {
    self.bytes = bytes
    self.messages = messages
  }

  /// Sizes in names are claims: what can't be added any more is the largest number.
  public static func + (first: MailUsage, second: MailUsage) -> MailUsage {
    let (bytes, isTooLarge) = first.bytes.addingReportingOverflow(second.bytes)
    return MailUsage(bytes: isTooLarge ? .max : bytes, messages: first.messages + second.messages)
  }
}

/// What the folders of a store take, as the names of their messages say (`S=`). Only a file whose name says no size is
/// looked at.
public struct StoreUsage: Sendable, Equatable {
  /// One folder and what it takes.
  public struct Entry: Sendable, Equatable {
    public let folder: MaildirRoot.Folder
    public let usage: MailUsage
  }

  /// The Inbox first, the others in the order of their names' bytes.
  public let folders: [Entry]
  /// All of them together.
  public var total: MailUsage { folders.reduce(MailUsage()) { $0 + $1.usage } }

  /// Counts every folder of `root`. What other programs rename meanwhile may be missed or counted twice.
  public init(of root: MaildirRoot) throws(SystemError) {
    var folders: [Entry] = []
    for folder in try root.folders() {
      folders.append(Entry(folder: folder, usage: try MailUsage(ofFolder: folder.path)))
    }
    self.folders = folders
  }
}

extension MailUsage {
  /// What the folder at `path` takes.
  public init(ofFolder path: String) throws(SystemError) {
    var usage = MailUsage()
    var unnamed: [String] = []
    do {
      try forEachMessage(inFolder: path) { name, subdirectory in
        if let size = NameFields(name).size {
          usage = usage + MailUsage(bytes: size, messages: 1)
        } else {
          let text = unsafe name.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
          unnamed.append("\(path)/\(subdirectory.rawValue)/\(text)")
        }
      }
    } catch let error as SystemError {
      throw error
    } catch {
      // The closure above throws nothing.
    }
    for file in unnamed {
      do throws(SystemError) {
        usage = usage + MailUsage(bytes: try fileStatus(file).size, messages: 1)
      } catch {
        // Renamed or removed meanwhile.
        guard error.isNotFound else { throw error }
      }
    }
    self = usage
  }
}
