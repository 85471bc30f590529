internal import MailBytes

/// The most octets that a file name may have.
let nameLimit = 255

/// A name for a file made from `name`, which came with a mail and may be meant to do harm: no path, no control characters and
/// none that change the direction of writing, no white space at its ends, not hidden (unless `allowsHidden`), not taken for
/// an option, none that stands for a device elsewhere, at most 255 octets with its ending kept. Nil if nothing is left.
public func safeFileName(_ name: String, allowsHidden: Bool = false) -> String? {
  var text = cleanName(name)
  // Senders on Windows give whole paths with backslashes.
  if let separator = text.utf8.lastIndex(where: { $0 == 0x2F || $0 == 0x5C }) {
    let last = text[text.utf8.index(after: separator)...]
    text = last.isEmpty ? lastNonempty(text) : String(last)
  }
  text = trimmed(text)
  if !allowsHidden || text.utf8.allSatisfy({ $0 == 0x2E }) { text = String(text.drop { $0 == "." || $0 == " " }) }
  while let last = text.last, last == "." || last == " " { text.removeLast() }
  guard !text.isEmpty else { return nil }
  if text.utf8.first == 0x2D { text = "_" + text.dropFirst() }
  if isDevice(text) { text = "_" + text }
  return shortened(text)
}

/// The last component of a path that ends with separators.
private func lastNonempty(_ path: String) -> String {
  path.split { $0 == "/" || $0 == "\\" }.last.map { String($0) } ?? ""
}

/// Without what can't be seen: controls, overrides, marks of direction and joiners of zero width; tabs and line ends are
/// spaces.
private func cleanName(_ name: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in clean(name).unicodeScalars {
    switch scalar.value {
    case 0x200B, 0x200E, 0x200F, 0x061C, 0x2060, 0xAD: continue
    case 0xA0, 0x3000, 0x2000...0x200A: result.append(" ")
    default: result.append(scalar)
    }
  }
  return String(result)
}

private func trimmed(_ text: String) -> String {
  var text = text[...]
  while text.first == " " { text.removeFirst() }
  while text.last == " " { text.removeLast() }
  return String(text)
}

/// Whether Windows, and file servers that speak its language, take `name` for a device.
private func isDevice(_ name: String) -> Bool {
  let stem = name.prefix { $0 != "." }.lowercased()
  switch stem.utf8.count {
  case 3: return ["con", "prn", "aux", "nul"].contains(stem)
  case 4: return (stem.hasPrefix("com") || stem.hasPrefix("lpt")) && ("1"..."9").contains(stem.suffix(1))
  default: return false
  }
}

/// `name` with at most 255 octets, cut before its ending and between characters.
func shortened(_ name: String) -> String {
  guard name.utf8.count > nameLimit else { return name }
  let (stem, ending) = split(name)
  return cut(stem, to: nameLimit - ending.utf8.count) + ending
}

/// The begin of `stem`, at most `limit` octets of it.
private func cut(_ stem: Substring, to limit: Int) -> String {
  var kept = ""
  var count = 0
  for character in stem {
    count += character.utf8.count
    if count > limit { break }
    kept.append(character)
  }
  while kept.last == " " { kept.removeLast() }
  // One character may be made of hundreds of marks.
  return kept.isEmpty ? "_" : kept
}

/// `name` as stem and ending, the ending with its dot; longer "endings" are none.
func split(_ name: String) -> (stem: Substring, ending: Substring) {
  guard let dot = name.utf8.lastIndex(of: 0x2E), dot > name.startIndex,
    name.utf8.distance(from: dot, to: name.endIndex) <= 20
  else { return (name[...], "") }
  return (name[..<dot], name[dot...])
}

/// `name` with a number before its ending: `report-2.pdf`.
func numbered(_ name: String, _ number: Int) -> String {
  let (stem, ending) = split(name)
  let tail = "-\(number)\(ending)"
  return cut(stem, to: nameLimit - tail.utf8.count) + tail
}
