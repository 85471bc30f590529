internal import Maildir

/// The key in a name given with `new/` or `cur/`.
func messageKey(ofName name: [UInt8]) -> ArraySlice<UInt8> {
  name[4...].prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ":") }
}

/// `name`, given with `new/` or `cur/`, without the UID that mbsync wrote for the folder it lay in.
func withoutForeignUID(_ name: [UInt8]) -> [UInt8] {
  let comma = UInt8(ascii: ",")
  guard
    name.indices.dropLast(2).contains(where: {
      name[$0] == comma && name[$0 + 1] == UInt8(ascii: "U") && name[$0 + 2] == UInt8(ascii: "=")
    })
  else { return name }
  let fields = MessageName(String(decoding: name[4...], as: UTF8.self)).withoutForeignUID
  return Array(pathName(of: fields, isNew: name[0] == UInt8(ascii: "n")).utf8)
}

/// The name with `new/` or `cur/`.
func pathName(of name: MessageName, isNew: Bool) -> String {
  isNew ? "new/" + name.newFileName : "cur/" + name.fileName
}
