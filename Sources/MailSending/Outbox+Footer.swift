internal import MailBytes
internal import MailConfiguration
internal import MailMIME
internal import MailSystem

extension Outbox {
  /// The footer that the administrator imposes on mail from the domain of `author`, as changes on the way: the copy in Sent,
  /// and what goes to telephones, stays without it.
  /// `hidden` is what is not sent of the message: the changes are those of the message without it.
  func footerEdits(
    domainOf author: String, in entry: NewEntry, size: Int64, hidden: Range<Int>?
  ) throws(SendError) -> [QueueRecord.Edit] {
    let domain = String(Address(address: author).domain)
    guard let settings = configuration.footers.first(where: { $0.isFor(domain: domain) }) else { return [] }
    guard let footer = try footer(settings) else { return [] }
    let (descriptor, path) = (entry.descriptor, entry.path)
    var bytes = try queued { () throws(SystemError) in
      try readBytes(descriptor, at: 0, count: Int(size), path: path)
    }
    if let hidden { bytes.removeSubrange(hidden) }
    func place(_ offset: Int) -> Int64 {
      guard let hidden, offset >= hidden.lowerBound else { return Int64(offset) }
      return Int64(offset + hidden.count)
    }
    switch Message(parsing: bytes).adding(footer) {
    case .added(let edits):
      return edits.map { .init(place($0.range.lowerBound)..<place($0.range.upperBound), $0.bytes) }
    case .sealed(let method):
      notify("the footer of \(clean(domain)) can't be put into a message that is encrypted (\(method))")
      return []
    case .present, .unfit: return []
    }
  }

  private func footer(_ settings: Configuration.Footer) throws(SendError) -> MessageFooter? {
    func text(_ text: String?, _ file: String?) throws(SendError) -> String? {
      guard let file else { return text }
      // A footer that can't be read is imposed all the same: nothing is sent without it.
      return string(try queued { () throws(SystemError) in try readFile(file, limit: 1 << 20) })
    }
    return MessageFooter(
      text: try text(settings.text, settings.textFile), html: try text(settings.html, settings.htmlFile))
  }
}
