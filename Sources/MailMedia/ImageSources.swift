internal import MailBytes

/// `html` with the `src` of each `img` that `replacement` gives another value; the rest stays as it is. Comments, scripts
/// and style sheets are passed over. The value is given with its character references resolved as far as URLs have any.
public func mapImageSources(of html: String, _ replacement: (String) throws -> String?) rethrows -> String {
  string(try mapImageSources(of: Array(html.utf8), replacement))
}

/// The same for HTML in any charset that has ASCII in it.
public func mapImageSources(of bytes: [UInt8], _ replacement: (String) throws -> String?) rethrows -> [UInt8] {
  var output: [UInt8] = []
  var copied = 0
  for range in imageSourceRanges(in: bytes) {
    guard let new = try replacement(unescaped(bytes[range])) else { continue }
    output += bytes[copied..<range.lowerBound]
    let isQuoted = range.lowerBound > 0 && (bytes[range.lowerBound - 1] == 0x22 || bytes[range.lowerBound - 1] == 0x27)
    output += isQuoted ? escaped(new) : [0x22] + escaped(new) + [0x22]
    copied = range.upperBound
  }
  return output + bytes[copied...]
}

/// The `src` of each `img` of `html`, in order.
public func imageSources(of html: String) -> [String] {
  let bytes = Array(html.utf8)
  return imageSourceRanges(in: bytes).map { unescaped(bytes[$0]) }
}

/// Where the values stand, without their quotes.
private func imageSourceRanges(in bytes: [UInt8]) -> [Range<Int>] {
  var ranges: [Range<Int>] = []
  var index = 0
  while let open = bytes[index...].firstIndex(of: 0x3C) {
    index = open + 1
    if starts(bytes, open, "<!--") {
      index = find("-->", in: bytes, from: open + 4)
    } else if isTag(bytes, open, "script") {
      index = find("</script", in: bytes, from: index)
    } else if isTag(bytes, open, "style") {
      index = find("</style", in: bytes, from: index)
    } else if isTag(bytes, open, "img") {
      index = readAttributes(bytes, open + 4, &ranges)
    }
  }
  return ranges
}

private func isTag(_ bytes: [UInt8], _ open: Int, _ name: String) -> Bool {
  guard starts(bytes, open + 1, name) else { return false }
  let end = open + 1 + name.utf8.count
  return end == bytes.count || bytes[end].isFoldingSpace || bytes[end] == 0x2F || bytes[end] == 0x3E
}

private func starts(_ bytes: [UInt8], _ start: Int, _ text: String) -> Bool {
  start + text.utf8.count <= bytes.count
    && zip(bytes[start...], text.utf8).allSatisfy { $0.lowercasedASCII == $1 }
}

/// The place where `text` begins; the end where it doesn't occur.
private func find(_ text: String, in bytes: [UInt8], from start: Int) -> Int {
  guard let first = text.utf8.first else { return start }
  var index = min(start, bytes.count)
  while let place = bytes[index...].firstIndex(of: first) {
    if starts(bytes, place, text) { return place }
    index = place + 1
  }
  return bytes.count
}

/// Passes over the attributes of a tag from `start`; gives the place behind it. Of several `src` the first counts.
private func readAttributes(_ bytes: [UInt8], _ start: Int, _ ranges: inout [Range<Int>]) -> Int {
  var index = start
  var isFound = false
  while index < bytes.count, bytes[index] != 0x3E {
    if bytes[index].isFoldingSpace || bytes[index] == 0x2F {
      index += 1
      continue
    }
    let nameStart = index
    while index < bytes.count, !bytes[index].isFoldingSpace, ![0x3D, 0x3E, 0x2F].contains(bytes[index]) { index += 1 }
    let isSource = index - nameStart == 3 && starts(bytes, nameStart, "src")
    if index == nameStart { index += 1 }  // A lone equals sign.
    while index < bytes.count, bytes[index].isFoldingSpace { index += 1 }
    guard index < bytes.count, bytes[index] == 0x3D else { continue }
    index += 1
    while index < bytes.count, bytes[index].isFoldingSpace { index += 1 }
    guard index < bytes.count else { break }
    let value: Range<Int>
    if bytes[index] == 0x22 || bytes[index] == 0x27 {
      let end = bytes[(index + 1)...].firstIndex(of: bytes[index]) ?? bytes.count
      value = (index + 1)..<end
      index = min(end + 1, bytes.count)
    } else {
      let end = bytes[index...].firstIndex { $0.isFoldingSpace || $0 == 0x3E } ?? bytes.count
      value = index..<end
      index = end
    }
    if isSource, !isFound {
      ranges.append(value)
      isFound = true
    }
  }
  return min(index + 1, bytes.count)
}

private let references: [(name: String, character: UInt8)] = [
  ("&amp;", 0x26), ("&#38;", 0x26), ("&quot;", 0x22), ("&#34;", 0x22), ("&apos;", 0x27), ("&#39;", 0x27),
  ("&#x27;", 0x27),
  ("&lt;", 0x3C), ("&gt;", 0x3E),
]

private func unescaped(_ value: ArraySlice<UInt8>) -> String {
  guard value.contains(0x26) else { return string(value) }
  let bytes = Array(value)
  var output: [UInt8] = []
  var index = 0
  while index < bytes.count {
    if bytes[index] == 0x26, let found = references.first(where: { starts(bytes, index, $0.name) }) {
      output.append(found.character)
      index += found.name.utf8.count
    } else {
      output.append(bytes[index])
      index += 1
    }
  }
  return string(output)
}

private func escaped(_ value: String) -> [UInt8] {
  value.utf8.flatMap { byte -> [UInt8] in
    switch byte {
    case 0x26: Array("&amp;".utf8)
    case 0x22: Array("&quot;".utf8)
    case 0x27: Array("&#39;".utf8)
    case 0x3C: Array("&lt;".utf8)
    default: [byte]
    }
  }
}
