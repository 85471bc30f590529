internal import MailBytes

/// Finds the parts of `bytes` in one pass over its lines.
func parseStructure(of bytes: Span<UInt8>, limits: ParseLimits, headerOnly: Bool) -> MessageStructure {
  let hasLineFeed = findByte(0x0A, in: bytes, from: 0, to: bytes.count) < bytes.count
  var parser = StructureParser(limits: limits, newline: hasLineFeed ? 0x0A : 0x0D)
  parser.parseMessage(bytes, headerOnly: headerOnly)
  return MessageStructure(records: parser.records, defects: parser.defects, newline: parser.newline)
}

/// The state of the pass: the records that are still open, innermost last, and the boundaries that may come.
struct StructureParser {
  let limits: ParseLimits
  let newline: UInt8
  var records: [PartRecord] = []
  var defects: [Defect] = []
  /// Records whose end isn't known yet, each a descendant of the one before.
  var open: [Int] = []
  var boundaries: [Boundary] = []
  /// Octets that may still be read a second time to guess boundaries.
  private var guessBudget = 0

  struct Boundary {
    var record: Int
    /// The place of the multipart in `open`.
    var level: Int
    var text: [UInt8]
  }

  init(limits: ParseLimits, newline: UInt8) {
    self.limits = limits
    self.newline = newline
    records.reserveCapacity(4)
  }

  mutating func parseMessage(_ bytes: Span<UInt8>, headerOnly: Bool) {
    guessBudget = bytes.count &* 2
    var root = PartRecord()
    root.isMessageRoot = true
    records.append(root)
    open.append(0)
    // QUIRK: some programs write a UTF-8 byte order mark before the first field.
    let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    var position = parseHeader(bytes, of: 0, from: hasMark ? 3 : 0, to: bytes.count)
    if headerOnly {
      records[0].body = position..<bytes.count
      return
    }
    enterBody(bytes, of: 0, at: &position, to: bytes.count)
    scan(bytes, from: position, to: bytes.count, floor: 0)
    close(bytes, downTo: 0, at: bytes.count)
  }

  mutating func report(_ kind: Defect.Kind, at offset: Int) {
    if defects.count < limits.defects { defects.append(Defect(kind: kind, offset: offset)) }
  }
}

// MARK: - Bodies

extension StructureParser {
  /// Opens what the record `index` holds: a boundary to wait for, or an embedded message whose header is read at once.
  private mutating func enterBody(_ bytes: Span<UInt8>, of index: Int, at position: inout Int, to end: Int) {
    var index = index
    while true {
      records[index].body = position..<end
      let kind = kind(of: index, bytes)
      guard kind != .leaf else { return }
      guard open.count <= limits.nesting else {
        report(.nestingLimit, at: records[index].header.lowerBound)
        return
      }
      records[index].kind = kind
      if kind == .multipart {
        let text = boundaryParameter(bytes, of: index)
        records[index].boundaryIsKnown = !text.isEmpty
        if text.isEmpty { report(.missingBoundary, at: records[index].header.lowerBound) }
        boundaries.append(Boundary(record: index, level: open.count - 1, text: text))
        return
      }
      guard records.count < limits.parts else {
        report(.partLimit, at: position)
        return
      }
      index = append(childOf: index)
      records[index].isMessageRoot = true
      records[index].links.position = 0
      position = parseHeader(bytes, of: index, from: position, to: end)
    }
  }

  private mutating func append(childOf parent: Int) -> Int {
    var record = PartRecord()
    record.links.parent = parent
    let index = records.count
    let last = records[parent].links.lastChild
    if last >= 0 {
      records[last].links.nextSibling = index
      record.links.position = records[last].links.position + 1
    } else {
      records[parent].links.firstChild = index
      record.links.position = 1
    }
    records[parent].links.lastChild = index
    records.append(record)
    open.append(index)
    return index
  }

  /// Reads lines up to `end`, for the boundaries above `floor`; then everything opened above them is closed.
  private mutating func scan(_ bytes: Span<UInt8>, from start: Int, to end: Int, floor: Int) {
    var position = start
    while position < end, boundaries.count > floor {
      if bytes[position] == 0x2D, position &+ 1 < end, bytes[position &+ 1] == 0x2D,
        let match = boundary(bytes, at: position, to: end, floor: floor)
      {
        guard match.isClose || records.count < limits.parts else {
          report(.partLimit, at: position)
          break
        }
        position = cross(bytes, match, at: position, to: end)
        continue
      }
      position = findByte(newline, in: bytes, from: position, to: end) &+ 1
    }
    for boundary in boundaries[floor...] { reportUnclosed(boundary) }
    boundaries.removeLast(boundaries.count - floor)
  }

  struct Match {
    var place: Int
    var isClose: Bool
    var next: Int
  }

  /// The innermost boundary that the line at `start` is a delimiter of. The whole line has to fit, so that a boundary
  /// that is the beginning of another one isn't taken for it. RFC 2046, section 5.1.1.
  func boundary(_ bytes: Span<UInt8>, at start: Int, to end: Int, floor: Int) -> Match? {
    let lineEnd = findByte(newline, in: bytes, from: start, to: end)
    var textEnd = lineEnd
    while textEnd > start, bytes[textEnd - 1].isFoldingSpace { textEnd -= 1 }
    let length = textEnd - start - 2
    var place = boundaries.count - 1
    while place >= floor {
      let text = boundaries[place].text
      let count = text.count
      if count > 0, length == count || length == count + 2,
        length == count || (bytes[textEnd - 1] == 0x2D && bytes[textEnd - 2] == 0x2D),
        equal(bytes, start + 2, text.span)
      {
        return Match(place: place, isClose: length != count, next: min(lineEnd + 1, end))
      }
      place -= 1
    }
    return nil
  }

  /// Ends everything inside the multipart that `match` belongs to and begins its next part; gives the place to go on
  /// at.
  private mutating func cross(_ bytes: Span<UInt8>, _ match: Match, at start: Int, to end: Int) -> Int {
    var bodyEnd = start
    if bodyEnd > 0, bytes[bodyEnd - 1] == newline { bodyEnd -= 1 }
    if newline == 0x0A, bodyEnd > 0, bodyEnd < start, bytes[bodyEnd - 1] == 0x0D { bodyEnd -= 1 }
    let owner = boundaries[match.place]
    for inner in boundaries[(match.place + 1)...].reversed() { reportUnclosed(inner) }
    boundaries.removeLast(boundaries.count - match.place - (match.isClose ? 0 : 1))
    if match.isClose { boundaries.removeLast(boundaries.count - match.place) }
    close(bytes, downTo: owner.level + 1, at: bodyEnd)
    if match.isClose { return match.next }
    let part = append(childOf: owner.record)
    var position = parseHeader(bytes, of: part, from: match.next, to: end)
    enterBody(bytes, of: part, at: &position, to: end)
    return position
  }

  private mutating func reportUnclosed(_ boundary: Boundary) {
    guard records[boundary.record].firstChild >= 0 else { return }
    report(.missingCloseDelimiter, at: records[boundary.record].body.lowerBound)
  }

  private mutating func close(_ bytes: Span<UInt8>, downTo level: Int, at end: Int) {
    var end = end
    while let index = open.last, open.count > level {
      // A part that ends with its header has its end behind the line break that the delimiter claims; so have those
      // around it.
      end = max(records[index].body.lowerBound, end)
      records[index].body = records[index].body.lowerBound..<end
      if records[index].kind == .multipart, records[index].firstChild < 0 {
        parseWithGuess(bytes, index)
      }
      open.removeLast()
    }
  }

  /// Parses a multipart in which its boundary didn't occur with the first line that looks like one.
  private mutating func parseWithGuess(_ bytes: Span<UInt8>, _ index: Int) {
    let body = records[index].body
    if records[index].boundaryIsKnown { report(.boundaryNotFound, at: body.lowerBound) }
    guard body.count <= guessBudget else { return }
    guessBudget -= body.count
    guard let text = guessedBoundary(bytes, in: body, newline) else { return }
    report(.guessedBoundary, at: body.lowerBound)
    let level = open.count - 1
    boundaries.append(Boundary(record: index, level: level, text: text))
    scan(bytes, from: body.lowerBound, to: body.upperBound, floor: boundaries.count - 1)
    close(bytes, downTo: level + 1, at: body.upperBound)
  }
}
