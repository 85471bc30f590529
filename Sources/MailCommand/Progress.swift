internal import Glibc
internal import MailBytes
internal import MailSystem

/// A progress bar on standard error, when that is a terminal and the work takes longer than a moment.
public struct Progress: ~Copyable {
  private let label: String
  private let total: Int
  private let isShown: Bool
  private let columns: Int
  private let begin: Int64
  private var last: Int64
  private var isDrawn = false

  /// A bar for `total` steps; 0 when the number isn't known.
  public init(_ label: String, total: Int = 0) {
    self.label = label
    self.total = total
    let terminal = Terminal(descriptor: 2)
    isShown = terminal.isTerminal && environment("TERM") != "dumb"
    columns = terminal.columns ?? 80
    begin = milliseconds()
    last = begin
  }

  /// Shows that `done` steps are done; `total` corrects the number of all.
  public mutating func update(_ done: Int, of total: Int? = nil, label: String? = nil) {
    guard isShown else { return }
    let time = milliseconds()
    guard time - last >= 100, time - begin >= 300 else { return }
    last = time
    if !isDrawn { Self.clearOnInterrupt() }
    isDrawn = true
    draw(done, total ?? self.total, label ?? self.label, seconds: (time - begin) / 1000)
  }

  private func draw(_ done: Int, _ total: Int, _ label: String, seconds: Int64) {
    var text = "\r\u{1B}[K\(clean(label)) "
    if total > 0 {
      let done = min(done, total)
      let tail = " \(done * 100 / total)%  \(done)/\(total)"
      let width = min(40, columns - displayWidth(clean(label)) - tail.count - 4)
      if width >= 5 {
        let filled = done * width / total
        text += "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) + "]"
      }
      text += tail
    } else {
      text += "\(done)"
    }
    // A bar that can't be drawn is no reason to stop.
    try? Output(descriptor: 2).finish(text)
  }

  /// Takes the bar away.
  public mutating func finish() {
    guard isDrawn else { return }
    isDrawn = false
    if !catchesInterrupts() { _ = signal(SIGINT, SIG_DFL) }
    try? Output(descriptor: 2).finish("\r\u{1B}[K")
  }

  /// An interrupt takes the bar away before it ends the process as it always does.
  private static func clearOnInterrupt() {
    if catchesInterrupts() { return }
    _ = signal(SIGINT) { number in
      var bytes: (UInt8, UInt8, UInt8, UInt8) = (0x0D, 0x1B, 0x5B, 0x4B)
      _ = unsafe write(2, &bytes, 4)
      _ = signal(number, SIG_DFL)
      raise(number)
    }
  }

  deinit { if isDrawn { try? Output(descriptor: 2).finish("\r\u{1B}[K") } }
}

private func milliseconds() -> Int64 {
  var time = timespec()
  unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}
