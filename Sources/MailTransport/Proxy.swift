internal import MailBytes

/// A SOCKS5 proxy. RFC 1928; RFC 1929.
public struct Proxy: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var host: String
  public var port: UInt16
  /// With what one logs in at the proxy; nil for nothing.
  public var user: String?
  public var password: String?

  public init(host: String, port: UInt16 = 1080, user: String? = nil, password: String? = nil) {
    self.host = host
    self.port = port
    self.user = user
    self.password = password
  }

  /// Reads `socks5://[user[:password]@]host[:port]` (or `socks5h`, which is the same: the proxy looks names up); nil for
  /// anything else. In the user name and the password `%41` stands for "A".
  public init?(url: String) {
    let bytes = Array(url.utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8),
      ["socks5", "socks5h"].contains(string(bytes[..<colon]).lowercased())
    else { return nil }
    var rest = bytes[(colon + 3)...]
    if rest.last == UInt8(ascii: "/") { rest.removeLast() }
    if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
      let parts = rest[..<at].split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
      guard let user = percentDecoded(parts[0]), !user.isEmpty else { return nil }
      self.user = user
      if parts.count == 2 {
        guard let password = percentDecoded(parts[1]) else { return nil }
        self.password = password
      }
      rest = rest[(at + 1)...]
    }
    var digits = rest.suffix(0)
    if let last = rest.lastIndex(of: UInt8(ascii: ":")), !rest[last...].contains(UInt8(ascii: "]")),
      rest.first == UInt8(ascii: "[") || rest.firstIndex(of: UInt8(ascii: ":")) == last
    {
      digits = rest[(last + 1)...]
      rest = rest[..<last]
      guard !digits.isEmpty else { return nil }
    }
    guard !rest.isEmpty, let port = digits.isEmpty ? 1080 : UInt16(string(digits)), port > 0 else { return nil }
    self.port = port
    host = string(rest)
  }

  /// The proxy without its password, for people.
  public var description: String { "socks5://\(user.map { clean($0) + "@" } ?? "")\(clean(host)):\(port)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// `bytes` with each `%XX` as the byte it stands for; nil when that is damaged or no UTF-8.
private func percentDecoded(_ bytes: ArraySlice<UInt8>) -> String? {
  var result: [UInt8] = []
  var rest = bytes
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "%") else {
      result.append(byte)
      continue
    }
    guard let high = rest.popFirst()?.hexDigitValue, let low = rest.popFirst()?.hexDigitValue else { return nil }
    result.append(high << 4 | low)
  }
  return isValidUTF8(result.span) ? string(result) : nil
}
