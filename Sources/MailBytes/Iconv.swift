internal import CIconv
internal import Glibc
internal import Synchronization

/// Converters that are not in use, by charset, so that each is opened once and not once a message.
private let idleConverters = Mutex<[String: [Converter]]>([:])

/// An open iconv descriptor from one charset to UTF-8; used by one caller at a time.
@safe private struct Converter: @unchecked Sendable {
  let descriptor: UnsafeMutableRawPointer

  init?(from charset: String) {
    guard let opened = unsafe iconv_open("UTF-8", charset), Int(bitPattern: opened) != -1 else { return nil }
    unsafe descriptor = opened
  }
}

/// `bytes` converted from the charset that iconv calls `charset`; each octet that can't be converted becomes U+FFFD.
func convertedToUTF8(_ bytes: Span<UInt8>, from charset: String) -> [UInt8] {
  let idle = idleConverters.withLock { pool in pool[charset]?.popLast() }
  guard let converter = idle ?? Converter(from: charset) else { return questionMarked(bytes) }
  defer { idleConverters.withLock { pool in pool[charset, default: []].append(converter) } }
  return unsafe converted(bytes, converter.descriptor)
}

private func converted(_ bytes: Span<UInt8>, _ descriptor: UnsafeMutableRawPointer) -> [UInt8] {
  var output: [UInt8] = []
  output.reserveCapacity(bytes.count * 2)
  _ = unsafe iconv(descriptor, nil, nil, nil, nil)
  unsafe bytes.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return }
    var next: UnsafeMutablePointer<CChar>? = unsafe UnsafeMutablePointer(
      mutating: UnsafeRawPointer(base).assumingMemoryBound(to: CChar.self))
    var left = buffer.count
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { chunk in
      while left > 0 {
        var free = chunk.baseAddress
        var room = chunk.count
        let outcome = unsafe iconv(descriptor, &next, &left, &free, &room)
        let failure = errno
        unsafe output.append(contentsOf: UnsafeRawBufferPointer(chunk)[..<(chunk.count - room)])
        guard outcome == -1 else { continue }
        if failure == E2BIG { continue }
        output.append(contentsOf: [0xEF, 0xBF, 0xBD])
        if failure == EINVAL { break }
        unsafe next = next.map { unsafe $0 + 1 }
        left -= 1
      }
      var free = chunk.baseAddress
      var room = chunk.count
      _ = unsafe iconv(descriptor, nil, nil, &free, &room)
      unsafe output.append(contentsOf: UnsafeRawBufferPointer(chunk)[..<(chunk.count - room)])
    }
  }
  return output
}

/// ASCII kept and everything else as U+FFFD: for a charset that this system's iconv lacks.
private func questionMarked(_ bytes: Span<UInt8>) -> [UInt8] {
  var output: [UInt8] = []
  for index in 0..<bytes.count {
    if bytes[index] < 0x80 { output.append(bytes[index]) } else { output.append(contentsOf: [0xEF, 0xBF, 0xBD]) }
  }
  return output
}
