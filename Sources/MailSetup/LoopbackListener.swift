internal import Glibc
internal import MailSystem

/// Listens on 127.0.0.1 for the browser that comes back from a login. RFC 8252, section 7.3.
@safe final class LoopbackListener {
  let port: Int
  private let listener: Int32

  /// Listens on `port`; 0 is any that is free.
  init(port: Int) throws(SystemError) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard listener >= 0 else { throw SystemError(call: "socket", errno: errno) }
    var one: Int32 = 1
    unsafe setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port).bigEndian)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> Int32 in
        guard unsafe bind(listener, pointer, size) == 0, listen(listener, 8) == 0 else { return -1 }
        return unsafe getsockname(listener, pointer, &size)
      }
    }
    guard result == 0 else {
      let code = errno
      close(listener)
      throw SystemError(call: "bind", path: "127.0.0.1:\(port)", errno: code)
    }
    self.listener = listener
    self.port = Int(UInt16(bigEndian: address.sin_port))
  }

  deinit { close(listener) }

  /// Answers requests until one brings `state`, and returns its fields. Others (for an icon; with another state) are told
  /// that there is nothing. A visitor has two seconds to say what it wants.
  func wait(forState state: String, seconds: Int) throws(SetupError) -> [String: String] {
    let end = monotonicNow() + nanoseconds(ofSeconds: Int64(seconds))
    while true {
      if interruptRequested() { throw .interrupted }
      let left = (end - monotonicNow()) / 1_000_000
      if left <= 0 { throw .noApproval("the browser didn't come back within \(seconds) seconds") }
      guard isReadable(listener, milliseconds: min(left, 200)) else { continue }
      let visitor = accept(listener, nil, nil)
      guard visitor >= 0 else { continue }
      _ = fcntl(visitor, F_SETFD, FD_CLOEXEC)
      defer { close(visitor) }
      guard let target = requestTarget(of: visitor) else { continue }
      let fields = queryFields(target)
      guard fields["state"] == state else {
        answer(visitor, "404 Not Found", "There is nothing here.")
        continue
      }
      answer(
        visitor, "200 OK",
        fields["error"] == nil ? "Thank you. You may close this page and go back to the terminal." : "The login failed."
      )
      return fields
    }
  }

  private func isReadable(_ descriptor: Int32, milliseconds: Int64) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, Int32(milliseconds)) > 0
  }

  /// The target of a GET request, whose head is at most 16 KiB.
  private func requestTarget(of visitor: Int32) -> String? {
    let end = monotonicNow() + nanoseconds(ofSeconds: 2)
    var head: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while head.count < 16_384, !endsHead(head) {
      let left = (end - monotonicNow()) / 1_000_000
      guard left > 0, isReadable(visitor, milliseconds: left) else { return nil }
      let count = unsafe recv(visitor, &piece, piece.count, 0)
      guard count > 0 else { return nil }
      head += piece[..<count]
    }
    let words = String(decoding: head.prefix { $0 != 0x0D && $0 != 0x0A }, as: UTF8.self).split(
      separator: " " as Character)
    guard words.count == 3, words[0] == "GET", words[2].hasPrefix("HTTP/") else { return nil }
    return String(words[1])
  }

  private func endsHead(_ head: [UInt8]) -> Bool {
    head.suffix(4) == [0x0D, 0x0A, 0x0D, 0x0A] || head.suffix(2) == [0x0A, 0x0A]
  }

  private func answer(_ visitor: Int32, _ status: String, _ text: String) {
    let body = "<!doctype html><title>Postbag</title><p>\(text)</p>\n"
    let head =
      "HTTP/1.1 \(status)\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: \(body.utf8.count)\r\n"
      + "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n"
    let bytes = Array((head + body).utf8)
    // The login doesn't depend on what the browser shows.
    _ = unsafe send(visitor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }
}

/// The fields of the query of `target`; of several of one name the first.
func queryFields(_ target: String) -> [String: String] {
  guard let mark = target.firstIndex(of: "?") else { return [:] }
  var fields: [String: String] = [:]
  for pair in target[target.index(after: mark)...].split(separator: "&" as Character) {
    let parts = pair.split(separator: "=" as Character, maxSplits: 1, omittingEmptySubsequences: false)
    let name = percentDecoded(parts[0])
    if fields[name] == nil { fields[name] = parts.count > 1 ? percentDecoded(parts[1]) : "" }
  }
  return fields
}

/// `text` with `+` as a space and `%XX` as bytes; what is no UTF-8 is replaced.
private func percentDecoded(_ text: Substring) -> String {
  var result: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let byte = rest.popFirst() {
    if byte == UInt8(ascii: "%"), rest.count >= 2,
      let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
    {
      result.append(value)
      rest = rest.dropFirst(2)
    } else {
      result.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
    }
  }
  return String(decoding: result, as: UTF8.self)
}
