internal import MailFormats
internal import MailStore
internal import MailSystem
internal import MailZip

/// A file, a directory or standard input, as named on the command line.
public struct ImportSource: Sendable {
  /// As it was named; `-` is standard input.
  public let name: String
  /// The absolute path without links, so that one source has one name.
  let path: String
  let stamp: SourceStamp
  /// In bytes; 0 when nothing tells.
  public let size: Int64
  let format: SourceFormat?
  let isDirectory: Bool
  /// The beginning of standard input.
  private let head: [UInt8]
  /// Standard input, or a pipe that was named.
  private let input: Int32
  /// What was named by bytes that are no UTF-8.
  private let held: HeldFile?

  /// Looks at `name`. An error when it isn't there, or isn't what `format` says.
  public init(_ name: String, format: SourceFormat? = nil) throws(ImportError) {
    self.name = name
    self.format = format
    if name == "-" {
      (input, held) = (standardInput, nil)
      head = try asImportError { try readToEnd(standardInput, limit: 1 << 16) }
      path = "-"
      stamp = SourceStamp(standardInput: head)
      (size, isDirectory) = (0, false)
      return
    }
    let status: FileStatus
    let known: String
    do throws(SystemError) {
      let bytes = HeldFile.argument(name)
      held = try bytes.map { bytes throws(SystemError) in try HeldFile(bytes, followLinks: true) }
      status = try fileStatus(held?.path ?? name)
      if status.isPipe {
        input = try File(held?.path ?? name).release()
        head = try readToEnd(input, limit: 1 << 16)
        path = "-"
        stamp = SourceStamp(standardInput: head)
        (size, isDirectory) = (0, false)
        return
      }
      input = standardInput
      if let held, let bytes {
        path = held.path
        known = absolutePath(shownName(bytes))
      } else {
        path = try realPath(name)
        known = path
      }
    } catch {
      throw error.isNotFound ? .notFound(name) : .system(SystemError(call: error.call, path: name, errno: error.errno))
    }
    head = []
    isDirectory = status.isDirectory
    var stamp = SourceStamp(path: known, status: status)
    if isDirectory {
      guard format == nil || format == .maildir || format == .mh || format == .eml || format == .emlx else {
        throw .notMail(name, reason: "a directory, not \(format.map(\.rawValue) ?? "a file")")
      }
      if format == .maildir, !MaildirSource.isMaildir(path) { throw .notMail(name, reason: "not a Maildir") }
      // Only the progress bar needs it.
      size = (try? DirectorySource(path: path, name: name).size()) ?? 0
    } else {
      guard format != .maildir, format != .mh else { throw .notMail(name, reason: "not a directory") }
      guard status.isRegular else { throw .notMail(name, reason: "neither a file nor a directory") }
      stamp.mayGrow = (try? readFile(path, limit: 5)) == Array("From ".utf8)  // whether it can be read is seen later
      size = status.size
    }
    self.stamp = stamp
  }

  /// Hands all its messages to `visitor`.
  func read(_ visitor: any SourceVisitor) throws {
    if path == "-" { return try readStream(visitor) }
    let visitor = held == nil ? visitor : RebasedVisitor(visitor, from: path, to: stamp.path)
    if isDirectory {
      let format = format == .maildir || format == .mh ? nil : format
      return try DirectorySource(path: path, name: shown, format: format).read(visitor)
    }
    let source = FileSource(path: path, name: name, format: format)
    if try !source.read(visitor) {
      if size == 0, format == nil || format?.variant != nil || format == .mbox { return }
      // A zip file that unpacks itself has a program in front.
      if format == nil, isZip {
        return try ZipFileSource(path: path, name: name, folder: SourceFolder()).read(visitor)
      }
      throw ImportError.notMail(
        name, reason: format == nil ? "not mail in any form that is known" : "no \(format?.rawValue ?? "") file")
    }
  }

  /// There is a list of entries at the end of the file.
  private var isZip: Bool {
    do throws(ZipError) {
      return try !ZipReader(path).entries.isEmpty
    } catch {
      if case .notZip = error { return false }
      if case .damaged = error { return false }
      return true
    }
  }

  /// The name without a slash at its end.
  private var shown: String { name.count > 1 && name.hasSuffix("/") ? String(name.dropLast()) : name }

  private func readStream(_ visitor: any SourceVisitor) throws {
    if head.isEmpty { return }
    var source = FileSource(path: "-", name: name == "-" ? "standard input" : name, format: format)
    source.isFolderForSure = true
    var rest = head
    let input = InputStream(input)
    let window = ByteWindow { buffer in
      if !rest.isEmpty {
        buffer += rest
        rest = []
        return true
      }
      return try input.read(into: &buffer)
    }
    switch source.kind(Array(head.prefix(headLength))) {
    case .mbox:
      let mailbox = MboxSource(name: source.name, variant: format?.variant, folder: SourceFolder())
      if try !mailbox.read(window, visitor) { throw ImportError.notMail(source.name, reason: "no mbox") }
    case .message, .emlx: try source.readWhole(window, visitor)
    case .empty: break
    default: throw ImportError.notMail(source.name, reason: "neither an mbox nor a message")
    }
  }
}

/// Standard input or a pipe, read piece by piece; never closed.
private final class InputStream {
  private let descriptor: Int32
  init(_ descriptor: Int32) { self.descriptor = descriptor }

  private var buffer = [UInt8](repeating: 0, count: 1 << 18)

  func read(into bytes: inout [UInt8]) throws -> Bool {
    let count = try readSome(descriptor, into: &buffer)
    bytes += buffer[..<count]
    return count > 0
  }
}
