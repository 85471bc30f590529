/// One of the words of an enumeration.
func word<Value: RawRepresentable & CaseIterable>(_ value: TOMLValue) -> Converted<Value>
where Value.RawValue == String {
  if let match = value.string.flatMap({ Value(rawValue: $0) }) { return .value(match) }
  let words = Value.allCases.map { "\"\($0.rawValue)\"" }
  return .wrong("must be \(words.dropLast().joined(separator: ", ")) or \(words.last ?? "nothing")")
}

/// A string that can stand in a line of a header: not empty, no control characters.
func line(_ value: TOMLValue) -> Converted<String> {
  guard let string = value.string else { return .wrong("must be a string, not \(value.kind)") }
  if string.isEmpty { return .wrong("must not be empty") }
  return string.hasControls ? .wrong("must not contain line ends or other control characters") : .value(string)
}

/// An address such as `ada@example.org`; more than that the commands check.
func mailAddress(_ value: TOMLValue) -> Converted<String> {
  guard let string = value.string else { return .wrong("must be a string, not \(value.kind)") }
  return isMailAddress(string) ? .value(string) : .wrong("must be an address such as you@example.org")
}

/// Addresses: an array, or a single one.
func mailAddresses(_ value: TOMLValue) -> Converted<[String]> {
  let strings = value.string.map { [$0] } ?? value.array?.compactMap(\.string)
  guard let strings, value.string != nil || strings.count == value.array?.count else {
    return .wrong("must be an array of strings")
  }
  if let wrong = strings.first(where: { !isMailAddress($0) }) {
    return .wrong("\"\(wrong)\" must be an address such as you@example.org")
  }
  return .value(strings)
}

/// Members of a group: an array of `you@example.org` or `Name <you@example.org>`.
func groupMembers(_ value: TOMLValue) -> Converted<[String]> {
  guard let strings = value.array?.compactMap(\.string), strings.count == value.array?.count else {
    return .wrong("must be an array of strings")
  }
  for string in strings {
    var address = Substring(string)
    if address.hasSuffix(">"), let open = address.lastIndex(of: "<") {
      address = address[address.index(after: open)...].dropLast()
    }
    guard isMailAddress(String(address)), !string.hasControls else {
      return .wrong("\"\(string)\" must be an address such as you@example.org or \"You <you@example.org>\"")
    }
  }
  return .value(strings)
}

/// `text` looks like a mail address: something before the `@` and a domain, and nothing that would end it in a line or a list.
public func isMailAddress(_ text: String) -> Bool {
  let parts = text.split(separator: "@", omittingEmptySubsequences: false)
  guard parts.count >= 2, !parts.contains("") else { return false }
  // A quoted local part may hold nearly everything; a control character and a line end no address has.
  guard !text.hasControls, let domain = parts.last else { return false }
  return text.hasPrefix("\"") || !text.utf8.contains { " ,;<>()\"".utf8.contains($0) } && !domain.hasPrefix(".")
}

/// The name of a host, or an address of one.
func hostName(_ value: TOMLValue) -> Converted<String> {
  guard let string = value.string else { return .wrong("must be a string, not \(value.kind)") }
  if string.isEmpty { return .wrong("must not be empty") }
  if string.hasControls || string.utf8.contains(where: { " /@\"'<>".utf8.contains($0) }) {
    return .wrong("must be the name of a host, such as smtp.example.org")
  }
  return .value(string)
}

/// Domains, `*` or `*.example.org`: one or an array, in small letters.
func domainNames(_ value: TOMLValue) -> Converted<[String]> {
  let strings = value.string.map { [$0] } ?? value.array?.compactMap(\.string)
  guard let strings, value.string != nil || strings.count == value.array?.count, !strings.isEmpty else {
    return .wrong("must be a domain or an array of domains")
  }
  for string in strings {
    if case .wrong(let problem) = hostName(.string(string)) { return .wrong(problem) }
  }
  return .value(strings.map { $0.lowercased() })
}

/// Names of SASL mechanisms, in capitals; "none" stands alone.
func mechanisms(_ value: TOMLValue) -> Converted<[String]> {
  let strings = value.string.map { [$0] } ?? value.array?.compactMap(\.string)
  guard let strings, value.string != nil || strings.count == value.array?.count, !strings.isEmpty else {
    return .wrong("must be the name of a mechanism or an array of names")
  }
  if strings.map({ $0.lowercased() }) == ["none"] { return .value(["none"]) }
  let names = strings.map { $0.uppercased() }
  if let wrong = names.first(where: { !knownMechanisms.contains($0) }) {
    return .wrong("\"\(wrong)\" is none of \(knownMechanisms.joined(separator: ", ")) or \"none\" alone")
  }
  return .value(names)
}

private let knownMechanisms = [
  "SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN", "XOAUTH2",
  "OAUTHBEARER", "EXTERNAL",
]

/// SHA-256 fingerprints: one or an array, with or without colons.
func fingerprints(_ value: TOMLValue) -> Converted<[String]> {
  let strings = value.string.map { [$0] } ?? value.array?.compactMap(\.string)
  guard let strings, value.string != nil || strings.count == value.array?.count, !strings.isEmpty else {
    return .wrong("must be a fingerprint or an array of fingerprints")
  }
  let digits = strings.map { $0.filter { $0 != ":" && $0 != " " }.lowercased() }
  let areGood = digits.allSatisfy { $0.utf8.count == 64 && $0.allSatisfy { $0.isASCII && $0.isHexDigit } }
  return areGood ? .value(digits) : .wrong("must be a SHA-256 fingerprint: 64 hexadecimal digits")
}

/// What `dsn-notify` may say. RFC 3461, section 4.1.
func notify(_ value: TOMLValue) -> Converted<[String]> {
  let strings = (value.string.map { [$0] } ?? value.array?.compactMap(\.string))?.map { $0.lowercased() }
  guard let strings, value.string != nil || strings.count == value.array?.count, !strings.isEmpty,
    strings == ["never"] || strings.allSatisfy({ ["success", "failure", "delay"].contains($0) })
  else { return .wrong("must be some of \"success\", \"failure\" and \"delay\", or \"never\" alone") }
  return .value(strings)
}

/// `socks5://[user:password@]host[:port]`.
func proxy(_ value: TOMLValue) -> Converted<Configuration.Proxy> {
  let problem = Converted<Configuration.Proxy>.wrong("must be socks5://[user:password@]host:port")
  guard let string = value.string, string.hasPrefix("socks5://"), !string.hasControls else { return problem }
  var rest = string.dropFirst("socks5://".count)
  if rest.hasSuffix("/") { rest = rest.dropLast() }
  var user: String?
  var password: String?
  if let at = rest.lastIndex(of: "@") {
    let login = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    user = login.first.flatMap { percentDecoded(String($0)) }
    password = login.count > 1 ? percentDecoded(String(login[1])) : ""
    rest = rest[rest.index(after: at)...]
    guard let user, let password, (1...255).contains(user.utf8.count), password.utf8.count <= 255 else {
      return problem
    }
  }
  guard let (host, port) = hostAndPort(rest, defaultPort: 1080) else { return problem }
  return .value(Configuration.Proxy(host: host, port: port, user: user, password: password))
}

/// `host`, `host:port`, `[::1]:port`.
private func hostAndPort(_ text: Substring, defaultPort: Int) -> (String, Int)? {
  var host = text
  var port = defaultPort
  if text.hasPrefix("[") {
    guard let end = text.firstIndex(of: "]") else { return nil }
    host = text[text.index(after: text.startIndex)..<end]
    let rest = text[text.index(after: end)...]
    if !rest.isEmpty {
      guard rest.hasPrefix(":"), let number = Int(rest.dropFirst()) else { return nil }
      port = number
    }
  } else if let colon = text.lastIndex(of: ":") {
    host = text[..<colon]
    guard let number = Int(text[text.index(after: colon)...]) else { return nil }
    port = number
  }
  guard case .value(let name) = hostName(.string(String(host))), (1...65_535).contains(port) else { return nil }
  return (name, port)
}

private func percentDecoded(_ text: String) -> String? {
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "%") else {
      bytes.append(byte)
      continue
    }
    guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
      return nil
    }
    bytes.append(value)
    rest = rest.dropFirst(2)
  }
  return String(validating: bytes, as: UTF8.self)
}

/// 0 or 75.
func queuedExit(_ value: TOMLValue) -> Converted<Int> {
  value.integer == 0 ? .value(0) : value.integer == 75 ? .value(75) : .wrong("must be 0 or 75")
}

/// A mail address in which `%n` stands for the number.
func numberAddress(_ value: TOMLValue) -> Converted<String> {
  guard let string = value.string, isMailAddress(string), String(string.split(separator: "@")[0]).hasNumberMark else {
    return .wrong("must be an address in which %n stands for the number, such as %n@sms.example.org")
  }
  return .value(string)
}

/// One to four digits, with or without a `+`.
func callingCode(_ value: TOMLValue) -> Converted<String> {
  guard let string = value.string else { return .wrong("must be a string, not \(value.kind)") }
  let digits = string.hasPrefix("+") ? String(string.dropFirst()) : string
  let isCode = (1...4).contains(digits.utf8.count) && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
  return isCode && !digits.hasPrefix("0") ? .value(digits) : .wrong("must be a calling code such as \"32\"")
}

/// Beginnings of international numbers.
func prefixes(_ value: TOMLValue) -> Converted<[String]> {
  guard case .value(let strings) = texts(value) else { return .wrong("must be an array of strings") }
  let areGood = strings.allSatisfy { text in
    text.hasPrefix("+") && text.utf8.count > 1 && text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
  }
  return areGood ? .value(strings) : .wrong("must be beginnings of international numbers, such as \"+32\"")
}

/// A name that can be that of a file: letters, digits, `-`, `_`, `.`, `@`, not first a dot.
func storeName(_ value: TOMLValue) -> Converted<String> {
  guard let string = value.string else { return .wrong("must be a string, not \(value.kind)") }
  let isGood =
    !string.isEmpty && string.utf8.count <= 100 && !string.hasPrefix(".") && !string.hasPrefix("-")
    && string.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || "-_.@".contains($0) }
  return isGood ? .value(string) : .wrong("must be letters, digits, \"-\", \"_\", \"@\" and \".\"")
}

/// `https://…`; `http://` only to this host itself.
func secureURL(_ value: TOMLValue) -> Converted<String> {
  guard let string = value.string else { return .wrong("must be a string, not \(value.kind)") }
  let isClean = !string.hasControls && !string.utf8.contains { " \"'<>\\".utf8.contains($0) }
  let isSecure = string.hasPrefix("https://") && string.utf8.count > 8
  return isClean && isSecure ? .value(string) : .wrong("must be an address that begins with https://")
}

extension String {
  /// There are control characters in it, of ASCII or ISO 6429.
  var hasControls: Bool { unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) } }

  fileprivate var hasNumberMark: Bool {
    let bytes = Array(utf8)
    return zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "%") && $1 == UInt8(ascii: "n") }
  }
}
