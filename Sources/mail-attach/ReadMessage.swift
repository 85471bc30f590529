import MailCommand
import MailMIME
import MailSystem

/// The message in the file `path`, or on standard input; 65 for what is none, so that a pipe whose first stage failed makes
/// no message of nothing.
func readMessage(_ path: String?, limit: Int) throws -> [UInt8] {
  let name = path ?? "standard input"
  if path == nil, isTerminal(0) {
    throw Failure.usage(
      "the message comes on standard input, which is a terminal",
      hint: "For example: mail-compose --to team@example.org < text | mail-attach plan.pdf | mail-send")
  }
  // A message that holds as much as may be attached, in base64.
  let most = limit + limit / 2 + (1 << 20)
  let bytes =
    try path.map { try readFile($0, limit: most + 1) } ?? readToEnd(0, limit: most + 1, path: "standard input")
  if bytes.isEmpty { throw Failure(.badData, "\(name) is empty: there is no message") }
  guard bytes.count <= most else {
    throw Failure(.refused, "\(name): the message is larger than --limit allows")
  }
  if Message(parsingHeaderOf: bytes).headers.fields.isEmpty {
    throw Failure(
      .badData, "\(name) is no message: it does not begin with a header",
      hint: "mail-compose makes a message of a text.")
  }
  return bytes
}
