internal import MailBytes
internal import MailSystem

/// Puts parts into a directory as files. Nothing that is there is touched, unless it is to be replaced; a file is there whole
/// or not at all.
public struct Saver: ~Copyable {
  /// What is asked for.
  public struct Options: Sendable {
    /// A file of the same name is replaced; else a number is added to the name.
    public var overwrites = false
    /// Names may begin with a dot.
    public var allowsHidden = false
    /// Return when the file is on the disk, and has been read back and compared.
    public var isDurable = false

    public init() {}
  }

  private let path: String
  private let directory: File
  private let options: Options
  private var count = 0
  /// The number that a name was last given, so that a thousand files of one name don't each begin at 2.
  private var numbers: [String: Int] = [:]

  /// Numbers beyond this are not tried.
  private static let numberLimit = 100_000

  /// Opens the directory `path`, which is there.
  public init(_ path: String, options: Options = Options()) throws(SaveError) {
    do throws(SystemError) {
      directory = try File(path, [.read, .directory])
    } catch {
      throw error.isNotFound ? .noSuchDirectory(path) : .system(error)
    }
    self.path = path
    self.options = options
  }

  /// Saves `bytes` under `name` or a name made from it; the path of the file. `name` is made safe.
  public mutating func save(_ bytes: [UInt8], as name: String) throws(SaveError) -> String {
    // A name that is safe stays as it is.
    let name = safeFileName(name, allowsHidden: options.allowsHidden) ?? "part"
    count += 1
    let temporary = ".postbag-\(processID())-\(count).part"
    try write(bytes, temporary)
    let final: String
    do throws(SaveError) {
      final = try settle(temporary, as: name)
    } catch {
      try? removeFile(temporary, at: directory.descriptor)  // the first error is the one to tell
      throw error
    }
    if options.isDurable { try check(final, bytes) }
    return join(final)
  }

  private func join(_ name: String) -> String {
    path == "." ? name : path.hasSuffix("/") ? path + name : "\(path)/\(name)"
  }

  private func write(_ bytes: [UInt8], _ name: String) throws(SaveError) {
    do throws(SystemError) {
      // Who else may read it is for the user's umask to say.
      let file = try File(name, [.write, .exclusive, .noFollow], at: directory.descriptor, permissions: 0o666)
      try file.write(bytes)
      if options.isDurable { try file.synchronise() }
      try file.close()
    } catch {
      if !error.isExisting { try? removeFile(name, at: directory.descriptor) }  // the first error is the one to tell
      throw failure(error, name)
    }
  }

  /// What failed, under the path that its user knows.
  private func failure(_ error: SystemError, _ name: String) -> SaveError {
    .system(SystemError(call: error.call, path: join(name), errno: error.errno))
  }

  /// Gives the file its name; the one it got.
  private mutating func settle(_ temporary: String, as name: String) throws(SaveError) -> String {
    do throws(SystemError) {
      if options.overwrites {
        try renameFile(temporary, at: directory.descriptor, to: name, at: directory.descriptor)
        return name
      }
      var number = numbers[name] ?? 1
      while number < Self.numberLimit {
        let wanted = number == 1 ? name : numbered(name, number)
        number += 1
        do throws(SystemError) {
          try renameFileExclusively(temporary, at: directory.descriptor, to: wanted, at: directory.descriptor)
          numbers[name] = number
          return wanted
        } catch {
          guard error.isExisting else { throw error }
        }
      }
    } catch {
      throw failure(error, name)
    }
    throw .noFreeName(join(name))
  }

  /// Reads back what was written.
  private func check(_ name: String, _ bytes: [UInt8]) throws(SaveError) {
    let read: [UInt8]
    do throws(SystemError) {
      try directory.synchronise()
      read = try readFile(name, at: directory.descriptor).bytes
    } catch {
      throw failure(error, name)
    }
    guard read == bytes else { throw .notSame(join(name)) }
  }
}
