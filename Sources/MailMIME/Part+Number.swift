extension MessageStructure {
  /// The IMAP section number of a record.
  func number(of index: Int) -> String {
    var numbers: [Int] = []
    var current = index
    while current >= 0 {
      let record = records[current]
      if record.isMessageRoot {
        if record.kind != .multipart { numbers.append(1) }
      } else if record.links.position > 0 {
        numbers.append(record.links.position)
      }
      current = record.parent
    }
    return numbers.reversed().map(String.init).joined(separator: ".")
  }
}
