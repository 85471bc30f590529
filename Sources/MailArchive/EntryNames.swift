internal import MailBytes
internal import MailMIME
internal import MailStore

/// Gives messages names in a zip file that every system can have as names of files, and no two of them the same even where
/// upper and lower case don't differ: `Work/Projects/2024-03-15 Invoice for March 3f9a2c1b.eml`.
struct EntryNames {
  /// The directory of each folder, in the order of the selection.
  let directories: [String]
  private var taken: Set<String> = []

  init(folders: [Folder]) {
    // The manifest has its name already.
    var taken: Set<String> = [Manifest.entryName]
    directories = folders.map { folder in
      let name = folder.role == .inbox ? FolderRole.inbox.standardName : folder.name
      let parts = name.split(separator: "/").map { EntryNames.component(String($0), limit: 80) }
      let directory = parts.joined(separator: "/")
      return unused(directory, in: &taken) { "\(directory)-\($0)" }
    }
  }

  /// The name for a message in the folder at place `folder`, dated `date` (seconds since 1970), whose contents have the
  /// checksum `checksum`.
  mutating func name(folder: Int, date: Int64, subject: String, checksum: UInt32) -> String {
    let start = "\(directories[folder])/\(EntryNames.day(date)) "
    let subject = EntryNames.component(subject, limit: 60)
    let digits = String(checksum, radix: 16)
    let tail = String(repeating: "0", count: 8 - digits.utf8.count) + digits
    let stem = start + (subject == "_" ? "" : subject + " ") + tail
    return unused("\(stem).eml", in: &taken) { "\(stem)-\($0).eml" }
  }

  /// `text` as one part of a path: without control characters and those that Windows forbids, without dots and spaces at
  /// its ends, not the name of a device, and of at most `limit` characters and 200 bytes.
  static func component(_ text: String, limit: Int) -> String {
    var result = String.UnicodeScalarView()
    var (count, bytes) = (0, 0)
    var hasSpace = true
    for scalar in clean(text).unicodeScalars {
      // "Re: x" is better without a sign in place of the colon.
      let isSpace = scalar.properties.isWhitespace || scalar == ":"
      if isSpace, hasSpace { continue }
      hasSpace = isSpace
      bytes += UTF8.width(scalar)
      if count == limit || bytes > 200 { break }
      count += 1
      result.append(isSpace ? " " : isForbidden(scalar) ? "_" : scalar)
    }
    let isEnd = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "." }
    while let last = result.last, isEnd(last) { result.removeLast() }
    while let first = result.first, isEnd(first) { result.removeFirst() }
    let name = String(result)
    if name.isEmpty { return "_" }
    let stem = name.prefix { $0 != "." }.uppercased()
    return isDevice(stem) ? "_" + name : name
  }

  /// What Windows allows in no name, and U+FFFD, which some programs can't show.
  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "<", ">", "\"", "/", "\\", "|", "?", "*", "\u{FFFD}": true
    default: false
    }
  }

  private static func isDevice(_ stem: String) -> Bool {
    switch stem {
    case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$": true
    default:
      (stem.hasPrefix("COM") || stem.hasPrefix("LPT")) && stem.unicodeScalars.count == 4
        && stem.unicodeScalars.last.map { "0123456789¹²³".unicodeScalars.contains($0) } ?? false
    }
  }

  /// `2024-03-15` in UTC; years out of the common ones are the nearest of those.
  private static func day(_ seconds: Int64) -> String {
    let parts = DateComponents(seconds: min(max(seconds, -62_135_596_800), 253_402_300_799))
    return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
  }
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

/// `name`, or the first of `others(2)`, `others(3)` … that is not yet in `taken`, without regard to case.
private func unused(_ name: String, in taken: inout Set<String>, _ others: (Int) -> String) -> String {
  var candidate = name
  var number = 1
  while !taken.insert(candidate.lowercased()).inserted {
    number += 1
    candidate = others(number)
  }
  return candidate
}
