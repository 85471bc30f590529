/// The parts of a message's file name that the store reads. Names are bytes: other programs put in them what they like.
enum MessageName {
  /// The flags of `name` (the file's name alone), and whether it lies in `new/`.
  static func flags(of name: ArraySlice<UInt8>, isNew: Bool) -> MessageFlags {
    var flags: MessageFlags = isNew ? .recent : []
    guard let info = infoStart(of: name) else { return flags }
    for letter in name[info...] {
      if letter == UInt8(ascii: ",") { break }
      flags.formUnion(MessageFlags.flag(letter: letter))
    }
    return flags
  }

  /// Where the letters behind `:2,` begin.
  static func infoStart(of name: ArraySlice<UInt8>) -> Int? {
    guard let colon = name.lastIndex(of: UInt8(ascii: ":")), colon + 2 < name.endIndex,
      name[colon + 1] == UInt8(ascii: "2"), name[colon + 2] == UInt8(ascii: ",")
    else { return nil }
    return colon + 3
  }

  /// `name` with the letters of `flags`, sorted; letters that are no flags of ours stay.
  static func setting(_ flags: MessageFlags, in name: ArraySlice<UInt8>) -> [UInt8] {
    var letters: [UInt8] = []
    var stem = Array(name)
    if let info = infoStart(of: name) {
      letters = name[info...].filter { MessageFlags.flag(letter: $0).isEmpty }
      stem = Array(name[..<(info - 3)])
    }
    for (letter, flag) in MessageFlags.letters where flags.contains(flag) { letters.append(letter) }
    letters.sort()
    return stem + [UInt8(ascii: ":"), UInt8(ascii: "2"), UInt8(ascii: ",")] + letters
  }

  /// The number that a name begins with: the time of delivery in seconds with all programs that follow the Maildir
  /// convention. Nil if it begins otherwise.
  static func seconds(of name: ArraySlice<UInt8>) -> Int64? {
    var value: Int64 = 0
    var digits = 0
    for byte in name {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), digits < 12 else { break }
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
      digits += 1
    }
    return digits == 0 ? nil : value
  }

  /// The part before the first `,` or `:`.
  static func key(of name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    name.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ":") }
  }
}
