internal import MailBytes
internal import MailMIME

/// Words by which people promise an attachment, in small letters, where the configuration names none.
public let standardAttachmentWords = [
  "attached", "attachment", "attachments", "attaching", "enclosed", "enclosure", "ci-joint", "ci-joints", "ci-jointe",
  "ci-jointes", "pièce jointe", "pièces jointes", "piece jointe", "en annexe", "anhang", "angehängt", "beigefügt",
  "anbei", "im anhang", "bijlage", "bijgevoegd", "adjunto", "adjunta", "adjuntos", "archivo adjunto", "allegato",
  "allegati", "in allegato", "anexo", "em anexo", "bifogad", "bifogat", "vedhæftet", "vedlagt", "liitteenä",
  "załącznik", "w załączeniu", "příloha", "v příloze", "вложение", "во вложении", "прикреплен", "添付", "附件",
]

/// The first of `words` that the writer's own text has; quoted lines and the signature don't count.
public func attachmentWord(in composition: Composition, words: [String] = standardAttachmentWords) -> String? {
  let text: String
  if composition.format == .html {
    let own = withoutQuotes(composition.text)
    text = own
  } else {
    text = splitSignature(composition.text).body
  }
  var own: [UInt8] = []
  for line in lines(of: text) {
    // What is passed on below is somebody else's.
    if line.elementsEqual("---------- Forwarded message ----------".utf8) { break }
    if line.first != 0x3E { own += line + [0x20] }
  }
  let scalars = Array(String(decoding: own, as: UTF8.self).lowercased().unicodeScalars)
  return words.first { word in
    let wanted = Array(word.lowercased().unicodeScalars)
    return !wanted.isEmpty && occurs(wanted, in: scalars)
  }
}

/// `word` occurs in `text`, with no letter beside it; in scripts without spaces anywhere.
private func occurs(_ word: [Unicode.Scalar], in text: [Unicode.Scalar]) -> Bool {
  guard word.count <= text.count else { return false }
  let needsEdges = (word.first?.value ?? 0) < 0x2E80
  for start in 0...(text.count - word.count) where text[start] == word[0] {
    guard text[start..<(start + word.count)].elementsEqual(word) else { continue }
    if !needsEdges { return true }
    let before = start > 0 && text[start - 1].properties.isAlphabetic
    let after = start + word.count < text.count && text[start + word.count].properties.isAlphabetic
    if !before, !after { return true }
  }
  return false
}
