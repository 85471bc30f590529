internal import MailBytes
internal import MailSystem

/// Asks a yes-or-no question where a person can answer it: on a terminal. Elsewhere nobody is asked, and the answer is no.
public func confirm(_ question: String) -> Bool {
  guard isTerminal(0) else { return false }
  // Where the question can't be shown the answer is read all the same; only a yes is one.
  try? Output(descriptor: 2).finish("\(clean(question)) [y/N] ")
  let answer = readLine() ?? ""
  return ["y", "yes"].contains(answer.lowercased())
}
