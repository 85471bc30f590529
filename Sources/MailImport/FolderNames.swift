internal import Maildir

/// The folder that the directory `entry` stands for.
func subfolder(_ entry: String, in folder: SourceFolder) -> SourceFolder {
  if entry.first == "." {
    return SourceFolder(folder.path + FolderName.name(ofDirectory: entry).split(separator: "/").map(String.init))
  }
  // QUIRK: Apple Mail keeps the folder X in X.mbox/Messages or X.mbox/<id>/Data/1/Messages, Thunderbird the folders below X
  // in X.sbd.
  if ["Messages", "Data"].contains(entry) || (folder.path.count > 0 && isApplePart(entry)) { return folder }
  return folder.below(withoutSuffix(entry, [".mbox", ".imapmbox", ".sbd"]))
}

/// A number, or an identifier such as `1B4E28BA-2FA1-11D2-883F-0016D3CCA427`.
private func isApplePart(_ name: String) -> Bool {
  let bytes = Array(name.utf8)
  let isNumber = bytes.count == 1 && UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[0]
  return isNumber
    || (bytes.count == 36 && bytes.indices.allSatisfy { (bytes[$0] == 0x2D) == [8, 13, 18, 23].contains($0) })
}

/// `name` without the first of `suffixes` that it has.
func withoutSuffix(_ name: String, _ suffixes: [String]) -> String {
  let lower = name.lowercased()
  for suffix in suffixes where lower.hasSuffix(suffix) && lower.utf8.count > suffix.utf8.count {
    return String(name.dropLast(suffix.count))
  }
  return name
}
