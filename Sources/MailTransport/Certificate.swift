internal import COpenSSL
internal import Glibc

/// A certificate that OpenSSL holds; good for as long as OpenSSL has it.
@safe struct Certificate {
  private let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { unsafe self.pointer = unsafe pointer }

  /// The SHA-256 fingerprint.
  var digest: [UInt8] { unsafe digest(EVP_sha256()) }

  private func digest(_ function: OpaquePointer?) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    guard unsafe X509_digest(pointer, function, &result, &count) == 1 else { return [] }
    return Array(result.prefix(Int(count)))
  }

  /// The hash that ties an authentication to this certificate: with the function of its signature, SHA-256 in place of MD5 and
  /// SHA-1; nil where the signature has none. RFC 5929, section 4.1.
  var endPoint: [UInt8]? {
    var number: Int32 = 0
    guard unsafe X509_get_signature_info(pointer, &number, nil, nil, nil) == 1, number != NID_undef else { return nil }
    if number == NID_md5 || number == NID_sha1 { return digest }
    guard let function = unsafe EVP_get_digestbyname(OBJ_nid2sn(number)) else { return nil }
    let result = unsafe digest(function)
    return result.isEmpty ? nil : result
  }

  /// When it expires, in seconds since 1970.
  var expires: Int64? {
    var time = unsafe tm()
    guard unsafe ASN1_TIME_to_tm(X509_get0_notAfter(pointer), &time) == 1 else { return nil }
    return unsafe Int64(timegm(&time))
  }

  /// The host names and addresses that it is for.
  var names: [String] {
    guard let list = unsafe X509_get_ext_d2i(pointer, NID_subject_alt_name, nil, nil) else { return [] }
    let entries = OpaquePointer(list)
    defer { unsafe copenssl_free_general_names(entries) }
    var result: [String] = []
    for index in 0..<min(unsafe copenssl_general_name_count(entries), 100) {
      guard let entry = unsafe copenssl_general_name(entries, index) else { continue }
      var kind: Int32 = 0
      guard let value = unsafe GENERAL_NAME_get0_value(entry, &kind) else { continue }
      let text = unsafe value.assumingMemoryBound(to: ASN1_STRING.self)
      guard kind == GEN_DNS || kind == GEN_IPADD, let start = unsafe ASN1_STRING_get0_data(text) else { continue }
      let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: Int(ASN1_STRING_length(text))))
      if kind == GEN_DNS {
        result.append(String(decoding: bytes, as: UTF8.self))
      } else if bytes.count == 4 || bytes.count == 16 {
        result.append(addressText(bytes))
      }
    }
    return result
  }
}

/// An IPv4 address of four bytes or an IPv6 address of sixteen, for people.
private func addressText(_ bytes: [UInt8]) -> String {
  var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
  guard unsafe inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count)) != nil else {
    return "?"
  }
  return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
