internal import Glibc

/// A file or directory that is held open, whatever bytes its name has, and a path that leads to it meanwhile.
public final class HeldFile: Sendable {
  private let descriptor: Int32
  /// Good as long as this value lives.
  public var path: String { "/proc/self/fd/\(descriptor)" }

  /// Opens `name`, a path relative to the directory `directory`; a FIFO is not waited for.
  public init(_ name: [UInt8], in directory: String = ".", followLinks: Bool = false) throws(SystemError) {
    let parent = try File(directory, [.read, .directory])
    let flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | (followLinks ? 0 : O_NOFOLLOW)
    let text = name.map { CChar(bitPattern: $0) } + [0]
    let number = parent.descriptor
    descriptor = try retrying32("open", path: directory + "/" + String(decoding: name, as: UTF8.self)) {
      unsafe text.withUnsafeBufferPointer { bytes in
        unsafe bytes.baseAddress.map { unsafe openat(number, $0, flags) } ?? -1
      }
    }
  }

  deinit { _ = Glibc.close(descriptor) }

  /// The argument of this process that is `name` where what isn't UTF-8 has become U+FFFD; nil when there is none.
  public static func argument(_ name: String) -> [UInt8]? {
    // Without /proc nothing is known.
    guard name.unicodeScalars.contains("\u{FFFD}"), let line = try? readFile("/proc/self/cmdline") else { return nil }
    return line.split(separator: 0).map { Array($0) }.first {
      String(decoding: $0, as: UTF8.self) == name && !$0.elementsEqual(name.utf8)
    }
  }
}

/// The name that people see for `bytes`: UTF-8, or Latin-1 where they are none.
public func shownName(_ bytes: [UInt8]) -> String {
  if let text = String(validating: bytes, as: UTF8.self) { return text }
  var text = ""
  for byte in bytes { text.unicodeScalars.append(Unicode.Scalar(byte)) }
  return text
}
