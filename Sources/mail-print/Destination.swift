import MailCommand
import MailSystem

/// Where a page goes: standard output, or a file, which is there whole or stays as it was.
struct Destination {
  private let path: String?

  /// The file `path`, or standard output.
  init(_ path: String?) { self.path = path }

  func write(_ bytes: [UInt8]) throws {
    guard var path else { return try write(bytes, to: Output()) }
    // Nil: there is none yet, or it can't be looked at, and then not be written either.
    if let status = try? fileStatus(path) {
      if status.isDirectory { throw Failure(.cannotCreate, "\(path): is a directory") }
      // A device or a pipe takes what comes.
      if !status.isRegular {
        let file = try File(path, [.write])
        try file.write(bytes)
        return try file.close()
      }
      // A link stays; what it leads to is replaced.
      path = try realPath(path)
    }
    let directory = parentDirectory(of: path)
    guard isDirectory(directory) else { throw Failure(.noInput, "\(directory): no such directory") }
    let temporary = "\(path).\(processID()).part"
    do {
      let file = try File(temporary, [.write, .exclusive, .noFollow], permissions: 0o666)
      do {
        try file.write(bytes)
        try file.synchronise()
        try file.close()
        try renameFile(temporary, to: path)
      } catch {
        try? removeFile(temporary)  // the first error is the one to tell
        throw error
      }
    } catch let error as SystemError {
      throw Failure(SystemError(call: error.call, path: path, errno: error.errno))
    }
  }

  private func write(_ bytes: [UInt8], to output: Output) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      try output.write(rest.prefix(64 << 10))
      rest = rest.dropFirst(64 << 10)
    }
    try output.finish()
  }
}
