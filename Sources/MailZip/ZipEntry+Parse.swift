extension ZipEntry {
  /// Reads the entry that begins at `index` in a list of entries, and moves `index` behind it; nil when it is none.
  init?(_ list: Span<UInt8>, at index: inout Int, shift: Int64, limits: ZipLimits) {
    let fixed = Record.centralHeaderLength
    guard index + fixed <= list.count, list.long(index) == Record.centralHeader else { return nil }
    let (nameLength, extraLength) = (list.word(index + 28), list.word(index + 30))
    let end = index + fixed + nameLength + extraLength + list.word(index + 32)
    guard end <= list.count else { return nil }
    let nameEnd = index + fixed + nameLength
    let extra = ExtraFields(list.extracting(nameEnd..<nameEnd + extraLength))

    let claims = (list.long(index + 24), list.long(index + 20), list.long(index + 42))
    guard let (size, packedSize, offset) = extra.large(claims) else { return nil }
    // A reader must be able to add these up.
    guard offset <= 1 << 60, size <= 1 << 60, packedSize <= 1 << 60 else { return nil }
    self.size = size
    self.packedSize = packedSize
    self.offset = offset + shift

    nameBytes = list.extracting(index + fixed..<nameEnd).bytesArray
    var name = decodedName(extra.unicodePath ?? nameBytes)
    if name.utf8.contains(UInt8(ascii: "\\")) {
      // QUIRK: .NET before 4.6.1 and some other programs for Windows write backslashes between directories.
      name = String(name.map { $0 == "\\" ? "/" : $0 })
    }
    self.name = name
    method = list.word(index + 10)
    checksum = UInt32(truncatingIfNeeded: list.long(index + 16))
    modified = extra.modified ?? unpackedTime(time: list.word(index + 12), date: list.word(index + 14))

    let isUnix = list.word(index + 4) >> 8 == 3
    let type = isUnix ? list.long(index + 38) >> 28 : 0
    isDirectory = name.utf8.last == UInt8(ascii: "/")
    let flags = list.word(index + 8)
    if let reason = MailZip.problem(withName: name) {
      problem = .unsafeName(reason)
    } else if ![0, 0o4, 0o10].contains(type) {
      problem = .notAFile
    } else if flags & 0x2041 != 0 {
      problem = .encrypted
    } else if method != 0, method != 8 {
      problem = .unknownMethod(method)
    } else if max(size, packedSize) > limits.entryBytes {
      problem = .tooLarge(max(size, packedSize))
    } else if method == 0 && size != packedSize {
      problem = .damaged("its two sizes differ")
    }
    index = end
  }
}

/// The additional fields of an entry that matter to us. PKWARE's APPNOTE, section 4.5, and Info-ZIP's.
private struct ExtraFields {
  /// What the field for large files holds.
  private var large: [UInt8] = []
  var modified: Int64?
  /// The name in UTF-8, from a program that writes another one in front.
  var unicodePath: [UInt8]?

  init(_ bytes: Span<UInt8>) {
    var index = 0
    while index + 4 <= bytes.count {
      let (kind, length) = (bytes.word(index), bytes.word(index + 2))
      let start = index + 4
      guard start + length <= bytes.count else { return }
      let field = bytes.extracting(start..<start + length)
      switch kind {
      case Record.extra64: large = field.bytesArray
      case Record.extraTime where length >= 5 && field[0] & 1 == 1:
        modified = Int64(Int32(truncatingIfNeeded: field.long(1)))
      case Record.extraUnicodePath where length > 5 && field[0] == 1:
        unicodePath = field.extracting(5..<length).bytesArray
      default: break
      }
      index = start + length
    }
  }

  /// The sizes and the offset, those that don't fit in four bytes from the field for large files; nil where that lacks one.
  func large(_ claims: (Int64, Int64, Int64)) -> (Int64, Int64, Int64)? {
    var place = 0
    func value(_ claim: Int64) -> Int64? {
      guard claim == 0xFFFF_FFFF else { return claim }
      defer { place += 8 }
      return place + 8 <= large.count ? large.span.quad(place) : nil
    }
    guard let size = value(claims.0), let packedSize = value(claims.1), let offset = value(claims.2) else { return nil }
    return (size, packedSize, offset)
  }
}

extension Span<UInt8> {
  /// A copy of the bytes.
  var bytesArray: [UInt8] { unsafe withUnsafeBufferPointer { unsafe Array($0) } }
}
