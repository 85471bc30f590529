/// Passes everything on; messages that are known by a path below `old` are known by one below `new` instead.
final class RebasedVisitor: SourceVisitor, TagColourTaker {
  private let visitor: any SourceVisitor
  private let old: String
  private let new: String

  init(_ visitor: any SourceVisitor, from old: String, to new: String) {
    (self.visitor, self.old, self.new) = (visitor, old, new)
  }

  var sizeLimit: Int { visitor.sizeLimit }
  func note(_ problem: SourceProblem) { visitor.note(problem) }
  func advance(to bytes: Int64) throws { try visitor.advance(to: bytes) }
  func take(colours: [String: String]) { (visitor as? any TagColourTaker)?.take(colours: colours) }

  func take(_ message: FoundMessage) throws {
    var message = message
    if message.identity == old || message.identity.hasPrefix(old + "/") {
      message.identity = new + message.identity.dropFirst(old.count)
    }
    try visitor.take(message)
  }
}
