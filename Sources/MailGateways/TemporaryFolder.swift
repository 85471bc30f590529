internal import MailSystem

/// A folder of this process alone, for the files that a program is to read.
struct TemporaryFolder {
  let path: String

  /// Makes the folder below `$TMPDIR`, readable for this user alone.
  init() throws(GatewayError) {
    let base = environment("TMPDIR") ?? "/tmp"
    do throws(SystemError) {
      path = try makePrivateDirectory(below: base, prefix: "postbag-fax-")
    } catch { throw .system(error) }
  }

  /// Writes a file of this name, and gives its path.
  func write(_ bytes: [UInt8], name: String) throws(GatewayError) -> String {
    let file = "\(path)/\(name)"
    do throws(SystemError) {
      try replaceFile(file, with: bytes)
    } catch { throw .system(error) }
    return file
  }

  /// Takes the folder away with what is in it.
  func remove() {
    // What can't be removed stays where temporary files are cleaned up.
    for name in (try? directoryEntries(path)) ?? [] { try? removeFile("\(path)/\(name)") }
    try? removeDirectory(path)
  }
}
