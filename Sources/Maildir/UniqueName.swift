public import MailSystem
internal import Synchronization

private let counter = Atomic<Int>(0)

/// A key that no other message has: `<seconds>.M<µs>P<pid>Q<n>.<host>`. <https://cr.yp.to/proto/maildir.html>, "unique name".
public func uniqueKey(at time: Int64 = now(), host: String = hostName()) -> String {
  let number = counter.add(1, ordering: .relaxed).newValue
  let (seconds, rest) = time.quotientAndRemainder(dividingBy: 1_000_000_000)
  return "\(seconds).M\(rest / 1000)P\(processID())Q\(number).\(escapedHost(host))"
}

/// A host name with the characters that mean something in a file name written as `\` and their octal number.
public func escapedHost(_ host: String) -> String {
  var result = ""
  for scalar in host.unicodeScalars {
    switch scalar {
    case "/": result += "\\057"
    case ":": result += "\\072"
    case ",": result += "\\054"
    default: if scalar.value > 0x20, scalar.value < 0x7F { result.unicodeScalars.append(scalar) }
    }
  }
  return result.isEmpty ? "localhost" : result
}
