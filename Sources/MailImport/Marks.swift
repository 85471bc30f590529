internal import MailArchive
internal import MailFormats
internal import MailStore

extension MessageFlags {
  /// The flags that `marks` are in the store. The bits of both are the same.
  init(_ marks: MessageMarks) { self.init(rawValue: Int64(marks.rawValue)) }
}

extension FoundMessage {
  /// Takes over what fields of the message say: flags, keywords as tags, labels as tags.
  mutating func apply(_ fields: MailboxFields) {
    flags.formUnion(MessageFlags(fields.marks))
    apply(keywords: fields.keywords)
    for label in fields.labels {
      for part in label.split(separator: ",") { addTag(trimmed(part)) }
    }
  }

  /// Takes over what an archive of ours says besides flags and times.
  mutating func apply(_ described: Manifest.Message) {
    let path = described.folder.split(separator: "/").map(String.init)
    folder = SourceFolder(path, role: described.role, isOurs: true)
    for tag in described.tags { addTag(tag) }
    comment = described.comment
  }

  /// Takes over keywords as IMAP has them: `$Forwarded` is a flag, most others are tags.
  mutating func apply(keywords: [String]) {
    for keyword in keywords {
      let lower = keyword.lowercased()
      if lower == "$forwarded" || lower == "forwarded" { flags.insert(.forwarded) }
      if let name = TagName.name(ofKeyword: keyword) { addTag(name) }
    }
  }

  /// Adds a tag, if it can be one and isn't there yet.
  mutating func addTag(_ name: String) {
    guard TagName.problem(with: name) == nil, tags.count < 100, !tags.contains(name) else { return }
    tags.append(name)
  }

  private func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return String(text)
  }
}
