// A footer in any message: edits lie inside the message and in order, what is not edited stays, and the footer is there.
import MailMIME

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFooter(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  let message = Message(parsing: bytes)
  for footer in [
    MessageFooter(text: "Köln, www.example.org"),
    MessageFooter(text: "www.example.org", html: "<b>www.example.org</b>"),
  ] {
    guard let footer, case .added(let edits) = message.adding(footer) else { continue }
    var position = 0
    for edit in edits {
      precondition(edit.range.lowerBound >= position && edit.range.upperBound <= count)
      position = edit.range.upperBound
    }
    let result = message.applying(edits)
    let shown = Message(parsing: result).allParts.contains { contains(Array($0.text().utf8), "www.example.org") }
    precondition(shown)
  }
  return 0
}

private func contains(_ text: [UInt8], _ word: String) -> Bool {
  let word = Array(word.utf8)
  guard text.count >= word.count else { return false }
  return (0...(text.count - word.count)).contains {
    text[$0] == word[0] && text[$0..<($0 + word.count)].elementsEqual(word)
  }
}
