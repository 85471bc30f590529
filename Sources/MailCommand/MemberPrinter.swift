internal import MailBytes
public import MailContacts
internal import MailMIME

/// Prints the members of a list or a group: a table, recipients with their names as in a header, or JSON lines.
public func printMembers(_ members: [Member], as format: ContactListFormat) throws {
  let output = Output(pager: format == .table ? Pager(for: Terminal()) : nil)
  for member in members {
    try output.withBuffer { buffer in
      switch format {
      case .table:
        buffer.append(cell: member.recipient, width: 40, fills: true)
        buffer.append(literal: "  ")
        buffer.append(clean(member.name))
        buffer.append(UInt8(ascii: "\n"))
      case .names:
        buffer.append(clean(member.address.headerText))
        buffer.append(UInt8(ascii: "\n"))
      case .json:
        var object = JSONObject(in: &buffer)
        object.add("kind", member.channel.word, in: &buffer)
        object.add("value", member.value, in: &buffer)
        object.add("name", orNull: member.name, in: &buffer)
        object.add("recipient", member.recipient, in: &buffer)
        object.end(in: &buffer)
      }
    }
  }
  try output.finish()
}

/// Prints lists: a table with the number of members, names, or JSON lines.
public func printLists(_ lists: [RecipientList], as format: ContactListFormat) throws {
  let output = Output()
  for list in lists {
    try output.withBuffer { buffer in
      switch format {
      case .table:
        buffer.append(decimal: Int64(list.count), width: 6)
        buffer.append(literal: "  ")
        buffer.append(clean(list.reference))
        buffer.append(literal: list.isEditable ? "\n" : "  (you may not change it)\n")
      case .names:
        buffer.append(clean(list.reference))
        buffer.append(UInt8(ascii: "\n"))
      case .json:
        var object = JSONObject(in: &buffer)
        object.add("name", list.name, in: &buffer)
        object.add("book", list.book.isEmpty ? "private" : list.book, in: &buffer)
        object.add("members", Int64(list.count), in: &buffer)
        object.add("editors", list.editors, in: &buffer)
        object.add("editable", list.isEditable, in: &buffer)
        object.end(in: &buffer)
      }
    }
  }
  try output.finish()
}

/// Prints groups: a table with the number of members, names, or JSON lines.
public func printGroups(_ groups: [ContactBook.GroupInfo], as format: ContactListFormat) throws {
  let output = Output()
  for group in groups {
    try output.withBuffer { buffer in
      switch format {
      case .table:
        buffer.append(decimal: Int64(group.members), width: 6)
        buffer.append(literal: "  ")
        buffer.append(clean(group.name))
        buffer.append(literal: group.path == nil ? "  (no address book)" : group.isEditable ? "" : "  (read only)")
        buffer.append(UInt8(ascii: "\n"))
      case .names:
        buffer.append(clean(group.name))
        buffer.append(UInt8(ascii: "\n"))
      case .json:
        var object = JSONObject(in: &buffer)
        object.add("name", group.name, in: &buffer)
        if let path = group.path {
          object.add("path", path: path, in: &buffer)
        } else {
          object.addNull("path", in: &buffer)
        }
        object.add("members", Int64(group.members), in: &buffer)
        object.add("editable", group.isEditable, in: &buffer)
        object.end(in: &buffer)
      }
    }
  }
  try output.finish()
}

extension ContactPrinter {
  /// Prints a line about the contacts that follow.
  public func note(_ text: String) throws { try output.write(text + "\n") }
}
