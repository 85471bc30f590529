import Glibc
import MailSystem

/// A folder for one test, removed with everything in it.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/postbag-test-XXXXXX".utf8CString)
    path = unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, let made = unsafe mkdtemp(base) else { return "/nonexistent" }
      return unsafe String(cString: made)
    }
  }

  deinit { removeTree(path) }
}

/// Removes `path` and what is below it, as far as possible.
private func removeTree(_ path: String) {
  if let status = try? fileStatus(path, followLinks: false), status.isDirectory {
    for name in (try? directoryEntries(path)) ?? [] { removeTree("\(path)/\(name)") }
  }
  _ = unsafe remove(path)
}
