internal import MailBytes
internal import MailSystem

/// Asks the person at the terminal; false for every answer but yes, and where standard input or standard error is none.
public func confirm(_ question: String) -> Bool {
  guard isTerminal(0), isTerminal(2) else { return false }
  // A question that can't be asked is not answered with yes.
  guard (try? writeAll("\(clean(question)) [y/N] ", to: 2)) != nil else { return false }
  var line: [UInt8] = []
  var byte: [UInt8] = [0]
  while line.count < 100, let count = try? readSome(0, into: &byte), count == 1, byte[0] != UInt8(ascii: "\n") {
    line.append(byte[0])
  }
  let answer = String(decoding: line, as: UTF8.self).lowercased()
  return answer == "y" || answer == "yes"
}
