import MailArchive
import MailCommand
import MailStore
import MailSystem

/// What is said when an archive has been made.
struct ArchiveReport {
  let result: ArchiveResult
  /// What became of the messages in the store, if they were to be removed.
  var removal: RemoveResult?

  init(_ result: ArchiveResult) { self.result = result }

  /// The path of the archive, or everything as a JSON object; for people on a terminal nothing, since they are told more.
  func print(asJSON: Bool) throws {
    let output = Output()
    if asJSON {
      try output.withBuffer { buffer in
        var object = JSONObject(in: &buffer)
        object.add("archive", path: result.path, in: &buffer)
        object.add("messages", Int64(result.messages), in: &buffer)
        object.add("bytes", result.bytes, in: &buffer)
        object.add("size", result.size, in: &buffer)
        object.add("removed", Int64(removal?.removed ?? 0), in: &buffer)
        object.add("missing", Int64(result.missing), in: &buffer)
        object.end(in: &buffer)
      }
    } else if !isTerminal(1) {
      try output.write(result.path + "\n")
    }
    try output.finish()
  }

  /// One line for people, where somebody looks at standard error.
  func warn() {
    guard isTerminal(2) else { return }
    let messages = result.messages == 1 ? "1 message" : "\(result.messages) messages"
    let removed = removal.map { ", \($0.removed == result.messages ? "all" : "\($0.removed)") removed from the store" }
    MailArchive.warn(
      "\(result.path): \(messages), \(readable(result.bytes)) in \(readable(result.size))\(removed ?? "")")
  }
}

/// `59.1 MB`.
private func readable(_ bytes: Int64) -> String {
  let units = ["kB", "MB", "GB", "TB"]
  if bytes < 1_000 { return "\(bytes) bytes" }
  var (tenths, unit) = ((bytes + 50) / 100, 0)
  while tenths >= 10_000, unit < units.count - 1 { (tenths, unit) = ((tenths + 500) / 1_000, unit + 1) }
  return "\(tenths / 10).\(tenths % 10) \(units[unit])"
}
