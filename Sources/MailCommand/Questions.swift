internal import MailBytes
public import MailConfiguration
internal import MailSystem

/// Asks for a line on the terminal; an empty answer means `usual`. Ends the command with 1 at the end of input. Only for
/// where standard input is a terminal.
public func ask(_ question: String, usual: String? = nil) throws -> String {
  let hint = usual.map { $0.isEmpty ? "" : " [\(clean($0))]" } ?? ""
  // Where the question can't be shown the answer is read all the same.
  try? Output(descriptor: 2).finish("\(clean(question))\(hint): ")
  guard let answer = readLine() else {
    try? Output(descriptor: 2).finish("\n")
    throw Failure(.no, "stopped; nothing is changed")
  }
  let isSpace: (Character) -> Bool = { $0.isWhitespace }
  let text = String(String(answer.drop(while: isSpace)).reversed().drop(while: isSpace).reversed())
  return text.isEmpty ? usual ?? "" : text
}

/// Asks which of several things is meant; the answer is the place of one, `usual` where there is none.
public func choose(_ question: String, _ answers: [String], usual: Int = 0) throws -> Int {
  while true {
    var lines = ""
    for (place, answer) in answers.enumerated() { lines += "  \(place + 1)  \(clean(answer))\n" }
    try? Output(descriptor: 2).finish(lines)  // asking goes on without them
    let answer = try ask(question, usual: "\(usual + 1)")
    if let number = Int(answer), answers.indices.contains(number - 1) { return number - 1 }
  }
}

/// Asks for a password on the terminal, which doesn't show it; nil where there is no terminal, or no answer.
public func askSecret(_ question: String) -> Secret? {
  // A terminal that can't be used is none.
  guard let answer = try? readSecret(clean(question)), !answer.isEmpty else { return nil }
  return Secret(answer)
}
