internal import MailBytes
public import MailMIME
internal import MailMedia
internal import MailSystem

/// Files that go along with a message, each read once as long as it doesn't change.
public final class AttachedFiles {
  private struct Entry {
    var time: Int64
    var size: Int64
    var part: BodyPart
  }

  private var entries: [String: Entry] = [:]

  public init() {}

  /// The file `path` as an attachment; a relative path begins at `directory`, `~/` is the home directory.
  public func part(_ path: String, in directory: String = ".") throws(ComposeError) -> BodyPart {
    let expanded = expandTilde(path, home: userHome())
    let full = expanded.hasPrefix("/") ? expanded : "\(directory)/\(expanded)"
    do throws(SystemError) {
      let status = try fileStatus(full)
      // A FIFO would be waited for without end.
      guard status.isRegular else {
        throw status.isDirectory ? .isDirectory(full) : .invalidArgument("read", path: full)
      }
      if let entry = entries[full], entry.time == status.modificationTime, entry.size == status.size {
        return entry.part
      }
      let bytes = try readFile(full)
      let type = MediaTypes().type(ofName: full, head: bytes.prefix(MediaTypes.headSize))
      let part = attachmentPart(bytes, type: type, name: lastComponent(of: full))
      entries[full] = Entry(time: status.modificationTime, size: status.size, part: part)
      return part
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
  }
}

/// `bytes` as an attachment called `name`.
func attachmentPart(_ bytes: [UInt8], type: String, name: String) -> BodyPart {
  let words = type.split(separator: "/", maxSplits: 1).map(String.init)
  if type == "message/rfc822" {
    var part = BodyPart.message(bytes)
    part.disposition = "attachment"
    part.filename = name
    return part
  }
  let kind = words.count == 2 ? ContentType(words[0], words[1]) : ContentType("application", "octet-stream")
  return .attachment(bytes, type: kind, filename: name)
}
