public import MailStore

/// Prints what would go: on a terminal a line for each folder, elsewhere the paths of the messages, one a line.
public func printExpiries(_ plan: ExpiryPlan, null: Bool = false, terminal: Terminal = Terminal()) throws {
  let output = Output()
  let end: UInt8 = null ? 0 : UInt8(ascii: "\n")
  for expiry in plan.expiries {
    if terminal.isTerminal {
      let end = expiry.isForGood ? "" : ", to Trash"
      try output.write("\(clean(expiry.folder.name)): \(removalText(expiry.ids.count, bytes: expiry.bytes))\(end)\n")
      continue
    }
    for name in expiry.names {
      try output.withBuffer { buffer in
        buffer.append(expiry.folder.path)
        buffer.append(UInt8(ascii: "/"))
        buffer.append(name)
        buffer.append(end)
      }
    }
  }
  if terminal.isTerminal {
    for folder in plan.folders { try output.write("\(clean(folder.name)): the folder\n") }
  }
  try output.finish()
}

/// `12 messages, 3.4 MB`, `1 message, 310 B, and 2 folders`.
public func removalText(_ messages: Int, bytes: Int64, folders: Int = 0) -> String {
  let text = "\(messages) \(messages == 1 ? "message" : "messages"), \(sizeText(Int(bytes)))"
  return folders == 0 ? text : "\(text), and \(folders) \(folders == 1 ? "folder" : "folders")"
}

/// What a person should know about messages that were brought back.
public func restoreNotes(_ result: RestoreResult) -> [String] {
  var notes: [String] = []
  for name in result.remade { notes.append("\(name): the folder was gone, and is made again") }
  for name in result.lost {
    notes.append("\(name): the folder is gone and can't be made; its messages are in the Inbox")
  }
  if result.withoutOrigin > 0 {
    let count = result.withoutOrigin == 1 ? "1 message is" : "\(result.withoutOrigin) messages are"
    notes.append("\(count) in the Inbox now, because it is not known where they were")
  }
  if result.unchanged > 0 {
    notes.append(result.unchanged == 1 ? "1 message is not in Trash" : "\(result.unchanged) messages are not in Trash")
  }
  return notes
}
