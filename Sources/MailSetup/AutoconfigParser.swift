internal import CExpat
internal import MailConfiguration

/// The servers for outgoing mail that an autoconfig document (`clientConfig`, version 1.1) names for `address`, in its
/// order. A document that can't be read gives none; one with a document type is not read, nor is anything outside it.
/// Servers without encryption are left out.
public func parseAutoconfig(_ document: [UInt8], for address: String, url: String) -> [Proposal] {
  guard let parser = unsafe XML_ParserCreate(nil) else { return [] }
  defer { unsafe XML_ParserFree(parser) }
  let reader = AutoconfigReader()
  return withExtendedLifetime(reader) {
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(reader).toOpaque())
    unsafe XML_SetElementHandler(parser, elementBegins, elementEnds)
    unsafe XML_SetCharacterDataHandler(parser, textComes)
    unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      unsafe autoconfigReader(of: data)?.hasDocumentType = true
    }
    guard document.count <= 1 << 20 else { return [] }
    let isParsed = unsafe document.withUnsafeBytes { bytes in
      unsafe XML_Parse(parser, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), 1) == XML_STATUS_OK
    }
    guard isParsed, !reader.hasDocumentType else { return [] }
    return reader.servers.compactMap { $0.proposal(for: address, url: url) }
  }
}

/// What is known of the document so far.
private final class AutoconfigReader {
  var hasDocumentType = false
  var servers: [AutoconfigServer] = []
  private var path: [String] = []
  private var text = ""
  private var server: AutoconfigServer?

  func begin(_ name: String, type: String?) {
    path.append(name)
    text = ""
    if path == ["clientConfig", "emailProvider", "outgoingServer"], type == "smtp", servers.count < 20 {
      server = AutoconfigServer()
    }
  }

  func add(_ piece: String) {
    if text.utf8.count < 1000 { text += piece }
  }

  func end() {
    let name = path.popLast()
    if path.count == 3, path.last == "outgoingServer", let name { server?.set(name, to: trimmed(text)) }
    if path.count == 2, let finished = server {
      servers.append(finished)
      server = nil
    }
    text = ""
  }

  private func trimmed(_ text: String) -> String {
    let isSpace: (Character) -> Bool = { $0.isWhitespace }
    return String(String(text.drop(while: isSpace)).reversed().drop(while: isSpace).reversed())
  }
}

/// An `outgoingServer`.
private struct AutoconfigServer {
  var host = ""
  var port = 0
  var socketType = ""
  var userName = ""
  var authentication: [String] = []

  mutating func set(_ name: String, to text: String) {
    switch name {
    case "hostname": host = text
    case "port": port = Int(text) ?? 0
    case "socketType": socketType = text
    case "username": userName = text
    case "authentication": authentication.append(text)
    default: break
    }
  }

  func proposal(for address: String, url: String) -> Proposal? {
    let tls: Configuration.Outgoing.Security
    switch socketType.uppercased() {
    case "SSL": tls = .implicit
    case "STARTTLS": tls = .starttls
    default: return nil
    }
    let host = placeholdersFilled(host, for: address)
    guard isHostName(host), (1...65_535).contains(port) else { return nil }
    let user = placeholdersFilled(userName.isEmpty ? "%EMAILADDRESS%" : userName, for: address)
    guard user.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }) else { return nil }
    let isOAuthOnly = !authentication.isEmpty && authentication.allSatisfy { $0 == "OAuth2" }
    return Proposal(
      source: .autoconfig(url), host: host, port: port, tls: tls, user: user, access: isOAuthOnly ? .oauth : .password)
  }
}

/// `text` with the parts of `address` in place of `%EMAILADDRESS%`, `%EMAILLOCALPART%` and `%EMAILDOMAIN%`.
func placeholdersFilled(_ text: String, for address: String) -> String {
  let at = address.lastIndex(of: "@") ?? address.endIndex
  let values = [
    "EMAILADDRESS": address, "EMAILLOCALPART": String(address[..<at]),
    "EMAILDOMAIN": String(address[at...].dropFirst()),
  ]
  let parts = text.split(separator: "%" as Character, omittingEmptySubsequences: false)
  var result = ""
  var isOpen = false
  for (index, part) in parts.enumerated() {
    if isOpen, let value = values[String(part)], index < parts.count - 1 {
      result += value
      isOpen = false
    } else {
      if index > 0, isOpen { result += "%" }
      result += part
      isOpen = true
    }
  }
  return result
}

/// `text` can be the name or the address of a host.
func isHostName(_ text: String) -> Bool {
  !text.isEmpty && text.utf8.count <= 253
    && text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
      default: byte >= 0x80
      }
    } && !text.hasPrefix("-") && !text.hasPrefix(".")
}

private func autoconfigReader(of data: UnsafeMutableRawPointer?) -> AutoconfigReader? {
  unsafe data.map { unsafe Unmanaged<AutoconfigReader>.fromOpaque($0).takeUnretainedValue() }
}

private func elementBegins(
  data: UnsafeMutableRawPointer?, name: UnsafePointer<CChar>?,
  attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
) {
  guard let name = unsafe name else { return }
  var type: String?
  var index = 0
  while let key = unsafe attributes?[index], let value = unsafe attributes?[index + 1] {
    if unsafe String(cString: key) == "type" { type = unsafe String(cString: value) }
    index += 2
  }
  unsafe autoconfigReader(of: data)?.begin(String(cString: name), type: type)
}

private func elementEnds(data: UnsafeMutableRawPointer?, name: UnsafePointer<CChar>?) {
  unsafe autoconfigReader(of: data)?.end()
}

private func textComes(data: UnsafeMutableRawPointer?, text: UnsafePointer<CChar>?, count: Int32) {
  guard let text = unsafe text, count > 0 else { return }
  let bytes = unsafe UnsafeRawBufferPointer(start: text, count: Int(count))
  unsafe autoconfigReader(of: data)?.add(String(decoding: bytes, as: UTF8.self))
}
