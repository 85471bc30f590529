/// Whether no octet of `bytes` has its high bit set.
public func isASCII(_ bytes: Span<UInt8>) -> Bool {
  unsafe bytes.withUnsafeBytes { buffer in
    var index = 0
    while index &+ 16 <= buffer.count {
      let words = unsafe buffer.loadUnaligned(fromByteOffset: index, as: SIMD2<UInt64>.self)
      if (words[0] | words[1]) & 0x8080_8080_8080_8080 != 0 { return false }
      index &+= 16
    }
    while index < buffer.count {
      if unsafe buffer[index] >= 0x80 { return false }
      index &+= 1
    }
    return true
  }
}

/// Whether `bytes` is well-formed UTF-8. RFC 3629, section 4.
public func isValidUTF8(_ bytes: Span<UInt8>) -> Bool {
  isASCII(bytes) || (try? UTF8Span(validating: bytes)) != nil  // the error is the answer
}
