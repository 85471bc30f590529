internal import MailFormats
internal import MailSystem

extension FileSource {
  /// Reads a file that `program` (gzip and the like) unpacks, without ever holding all of it.
  func readPacked(_ program: String, _ visitor: any SourceVisitor) throws {
    guard Program.find(program) != nil else {
      throw ImportError.notMail(name, reason: "packed, and \(program) is not installed")
    }
    let file = try File(path)
    let reader = try ProgramReader(Program(program, ["-dcq"]), input: file.descriptor)
    var window = ByteWindow { try reader.read(into: &$0) }
    _ = try window.fill(to: headLength)
    let head = Array(window.bytes.prefix(headLength))
    // How far the packed file has been read isn't known.
    let inner = QuietVisitor(visitor)
    var isKnown = true
    switch kind(head) {
    case .mbox:
      var source = MboxSource(name: name, variant: format?.variant, folder: ownFolder ?? folder)
      if ownFolder != nil, !isFolderForSure { source.folderOfSingle = folder }
      isKnown = try source.read(window, inner)
    case .message, .emlx: try readWhole(window, inner)
    case .empty: break
    default: isKnown = false
    }
    let end = try reader.finish()
    if !isKnown { throw ImportError.notMail(name, reason: "what is packed in it is no mail in any form that is known") }
    if !end.isSuccess { visitor.note(.unreadable(name: name, reason: "damaged: \(program) can't unpack all of it")) }
  }
}

/// Passes everything on but the progress.
final class QuietVisitor: SourceVisitor {
  private let visitor: any SourceVisitor

  init(_ visitor: any SourceVisitor) { self.visitor = visitor }

  var sizeLimit: Int { visitor.sizeLimit }
  func note(_ problem: SourceProblem) { visitor.note(problem) }
  func advance(to bytes: Int64) throws {}
  func take(_ message: FoundMessage) throws { try visitor.take(message) }
}
