/// The state of decoding: four letters at a time by table, single letters where something else lies between them.
@unsafe struct Base64Decoder {
  let source: UnsafePointer<UInt8>
  let count: Int
  let target: UnsafeMutablePointer<UInt8>
  let quads: UnsafePointer<UInt32>
  var index = 0
  var out = 0
  /// Letters that don't make a quartet yet.
  private var held = 0
  private var bits: UInt32 = 0

  init(
    source: UnsafePointer<UInt8>, count: Int, target: UnsafeMutablePointer<UInt8>, quads: UnsafePointer<UInt32>
  ) {
    unsafe self.source = source
    unsafe self.count = count
    unsafe self.target = target
    unsafe self.quads = quads
  }

  /// INVARIANT: `target` has room for three octets for each four letters, or `limit`, and 32 octets more.
  mutating func decode(limit: Int) {
    unsafe takeLines(limit: limit)
    while unsafe index < count, unsafe out < limit {
      if unsafe takeLetter() {
        if unsafe held == 0 { unsafe takeLines(limit: limit) }
      } else {
        break
      }
    }
    unsafe flush()
  }

  /// Takes whole quartets and the line breaks between them.
  @inline(__always)
  private mutating func takeLines(limit: Int) {
    var index = unsafe self.index
    var out = unsafe self.out
    let source = unsafe self.source
    let target = unsafe self.target
    let count = unsafe self.count
    while out < limit {
      while index &+ 16 <= count, out < limit {
        let first = unsafe quartet(source + index)
        let second = unsafe quartet(source + index + 4)
        let third = unsafe quartet(source + index + 8)
        let fourth = unsafe quartet(source + index + 12)
        guard (first | second | third | fourth) < invalidQuartet else { break }
        let raw = unsafe UnsafeMutableRawPointer(target + out)
        unsafe raw.storeBytes(of: first, as: UInt32.self)
        unsafe raw.storeBytes(of: second, toByteOffset: 3, as: UInt32.self)
        unsafe raw.storeBytes(of: third, toByteOffset: 6, as: UInt32.self)
        unsafe raw.storeBytes(of: fourth, toByteOffset: 9, as: UInt32.self)
        index &+= 16
        out &+= 12
      }
      while index &+ 4 <= count, out < limit {
        let word = unsafe quartet(source + index)
        guard word < invalidQuartet else { break }
        unsafe UnsafeMutableRawPointer(target + out).storeBytes(of: word, as: UInt32.self)
        index &+= 4
        out &+= 3
      }
      guard index < count else { break }
      if unsafe source[index] == 0x0A {
        index &+= 1
      } else if unsafe source[index] == 0x0D {
        index &+= 1
      } else {
        break
      }
    }
    unsafe self.index = index
    unsafe self.out = out
  }

  @inline(__always)
  private func quartet(_ letters: UnsafePointer<UInt8>) -> UInt32 {
    let first = unsafe quads[Int(letters[0])]
    let second = unsafe quads[256 &+ Int(letters[1])]
    let third = unsafe quads[512 &+ Int(letters[2])]
    return unsafe first | second | third | quads[768 &+ Int(letters[3])]
  }

  /// Takes one octet; false at the end of the data.
  private mutating func takeLetter() -> Bool {
    let byte = unsafe source[index]
    unsafe index += 1
    let value = unsafe quads[768 + Int(byte)]
    if value < invalidQuartet {
      unsafe bits = unsafe bits << 6 | value >> 16
      unsafe held += 1
      if unsafe held == 4 {
        unsafe store(3)
      }
    } else if byte == 0x3D, unsafe held > 1 {
      unsafe flush()
      return unsafe goesOn()
    }
    return true
  }

  private mutating func flush() {
    guard unsafe held > 1 else { return }
    unsafe bits <<= unsafe UInt32(6 * (4 - held))
    unsafe store(held - 1)
  }

  private mutating func store(_ octets: Int) {
    for place in 0..<octets {
      unsafe target[out + place] = UInt8(truncatingIfNeeded: unsafe bits >> UInt32(16 - 8 * place))
    }
    unsafe out += octets
    unsafe held = 0
    unsafe bits = 0
  }

  /// Whether base64 follows the padding that was just read: in the same line, or as a whole line.
  private mutating func goesOn() -> Bool {
    while unsafe index < count, unsafe source[index] == 0x3D { unsafe index += 1 }
    var hasLineBreak = false
    while unsafe index < count, unsafe source[index].isFoldingSpace {
      if unsafe source[index] == 0x0A { hasLineBreak = true }
      unsafe index += 1
    }
    guard hasLineBreak else { return unsafe index < count }
    var end = unsafe index
    var letters = 0
    while unsafe end < count, unsafe source[end] != 0x0A {
      let byte = unsafe source[end]
      if unsafe quads[768 + Int(byte)] < invalidQuartet || byte == 0x3D {
        letters += 1
      } else if !byte.isFoldingSpace {
        return false
      }
      end += 1
    }
    return letters > 0 && letters % 4 == 0
  }
}

/// Every entry for an octet that is no letter has a bit at or above this one.
private let invalidQuartet: UInt32 = 0x0100_0000

/// For each place of a quartet and each octet, its six bits where they belong in three octets, little end first.
let base64Quads: [UInt32] = {
  var table = [UInt32](repeating: 0x0100_0000, count: 1_024)
  for (value, byte) in base64Alphabet.enumerated() {
    let bits = UInt32(value)
    table[Int(byte)] = bits << 2
    table[256 + Int(byte)] = bits >> 4 | (bits & 15) << 12
    table[512 + Int(byte)] = (bits >> 2) << 8 | (bits & 3) << 22
    table[768 + Int(byte)] = bits << 16
  }
  return table
}()
