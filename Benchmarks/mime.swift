// Measures MailMIME and MailBytes alone: the paths of messages come on standard input, one a line; a line for each measure
// goes to standard output. Benchmarks/mime builds and runs it.
import Glibc
import MailBytes
import MailMIME

@main struct MIMEBenchmark {
  static func main() {
    var messages: [[UInt8]] = []
    while let path = readLine() { messages.append(contents(path)) }
    let total = messages.reduce(0) { $0 + $1.count }
    print("\(messages.count) messages, \(total / 1_000_000) MB")
    measure("structure", total, messages.count) { messages.reduce(0) { $0 + Message(parsing: $1).defects.count } }
    measure("envelope", total, messages.count) {
      messages.reduce(0) { $0 + Envelope(headerOf: Message(parsingHeaderOf: $1)).subject.utf8.count }
    }
    measure("text for the index", total, messages.count) {
      messages.reduce(0) { $0 + indexText(of: Message(parsing: $1)).body.count }
    }
    let text = messages.prefix { _ in true }.reduce(into: [UInt8]()) { if $0.count < 20_000_000 { $0 += $1 } }
    let base64 = Base64.encode(text.span, lineLength: 76, newline: [0x0D, 0x0A])
    measure("base64 decode", base64.count) { Base64.decode(base64.span).count }
    measure("base64 encode", text.count) { Base64.encode(text.span, lineLength: 76).count }
    let quoted = QuotedPrintable.encode(text.span)
    measure("quoted-printable decode", quoted.count) { QuotedPrintable.decode(quoted.span).count }
  }

  /// The best of seven runs: other processes only ever add time.
  static func measure(_ name: String, _ bytes: Int, _ count: Int = 0, _ body: () -> Int) {
    var best = Duration.seconds(1_000)
    var sum = 0
    for _ in 0..<7 { best = min(best, ContinuousClock().measure { sum &+= body() }) }
    let seconds = Double(best.components.attoseconds) / 1e18 + Double(best.components.seconds)
    let each = count > 0 ? ", \(Double(Int(seconds / Double(count) * 1e8)) / 100) µs a message" : ""
    print(
      "\(name)\t\(Int(Double(bytes) / seconds / 1e6))\t\(Int(Double(bytes) / seconds / 1e6)) MB/s\(each)\(sum == .min ? "!" : "")"
    )
  }

  static func contents(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }
}
