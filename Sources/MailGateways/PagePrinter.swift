internal import MailBytes
internal import MailHTML
internal import MailMIME
internal import MailSystem

/// Makes PDFs of what a fax is to show.
struct PagePrinter {
  let converter: String?
  let timeLimit: Int

  /// `page` as PDF.
  func pdf(of page: [UInt8]) throws(GatewayError) -> [UInt8] {
    do throws(PDFError) {
      return try PDFMaker(timeLimit: timeLimit).pdf(of: page)
    } catch { throw .page(error) }
  }

  /// The attachment `part`, called `name`, as PDF.
  func pdf(of part: Part, name: String, pages: FaxPages) throws(GatewayError) -> [UInt8] {
    let type = part.contentType
    if let inner = part.embeddedMessage { return try pdf(ofMessage: inner, pages) }
    if let inner = part.decodedMessage(limit: FaxDocument.limit) { return try pdf(ofMessage: inner.root, pages) }
    let octets = part.decodedBody(limit: FaxDocument.limit + 1)
    if octets.count > FaxDocument.limit { throw .tooLarge }
    // What it is decides, not what it is called.
    if octets.starts(with: "%PDF-".utf8) { return octets }
    if let picture = PagePrinter.pictureType(octets) { return try pdf(of: FaxPages.picture(picture, octets)) }
    if type.isText("plain") || type.isText("html") || type.isText("markdown") || type.isText("csv") {
      return try pdf(of: FaxPages.page(pages.text(of: part)))
    }
    guard let converter else {
      throw .notPrintable(name: name, reason: "no converter is configured for \(clean(type.mediaType))")
    }
    return try convert(octets, name: name, type: type.mediaType, by: converter)
  }

  private func pdf(ofMessage root: Part, _ pages: FaxPages) throws(GatewayError) -> [UInt8] {
    let envelope = Envelope(root.headers)
    var inner = FaxPages()
    inner.heading = [
      ("From", clean(envelope.from.map(\.display).joined(separator: ", "))),
      ("To", clean(envelope.to.map(\.display).joined(separator: ", "))),
      ("Date", root.headers.date()?.rfc5322 ?? ""), ("Subject", clean(envelope.subject)),
    ]
    return try pdf(of: inner.cover(of: root, attachments: []))
  }

  /// What a picture is by its first octets; nil for what a page can't show.
  static func pictureType(_ octets: [UInt8]) -> String? {
    if octets.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
    if octets.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    if octets.starts(with: "GIF8".utf8) { return "image/gif" }
    if octets.starts(with: "RIFF".utf8), octets.dropFirst(8).starts(with: "WEBP".utf8) { return "image/webp" }
    return nil
  }

  private func convert(
    _ octets: [UInt8], name: String, type: String, by converter: String
  ) throws(GatewayError) -> [UInt8] {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = try folder.write(octets, name: "document\(PagePrinter.ending(of: name))")
    var program = Program.shell(converter, [path])
    program.environment["POSTBAG_TYPE"] = clean(type)
    let result: Program.Result
    do throws(SystemError) {
      result = try program.collect(limit: FaxDocument.limit, timeLimit: timeLimit)
    } catch {
      if error.isTimeOut {
        throw .notPrintable(name: name, reason: "the converter took longer than \(timeLimit) seconds")
      }
      throw .system(error)
    }
    guard result.end.isSuccess else {
      throw .notPrintable(name: name, reason: "the converter ended with \(result.end.code)")
    }
    if result.isCut { throw .tooLarge }
    guard result.output.starts(with: "%PDF-".utf8) else {
      throw .notPrintable(name: name, reason: "what the converter printed is no PDF")
    }
    return result.output
  }

  /// `.docx` and the like: letters and digits alone; empty when the name has no such ending.
  static func ending(of name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: 0x2E) else { return "" }
    let ending = name.utf8[name.utf8.index(after: dot)...]
    guard (1...10).contains(ending.count), ending.allSatisfy({ $0.isLetter || $0.isDigit }) else { return "" }
    return ".\(Substring(ending))"
  }
}
