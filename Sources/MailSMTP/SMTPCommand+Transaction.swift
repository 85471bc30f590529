internal import MailBytes

/// The form in which a message travels, as MAIL announces it. RFC 6152, section 3; RFC 3030, section 3; RFC 6531.
struct MessageForm: Sendable, Equatable {
  enum Body: String, Sendable {
    case sevenBit = "7BIT"
    case eightBit = "8BITMIME"
    case binary = "BINARYMIME"
  }

  var body = Body.sevenBit
  /// The header or an address has letters beyond ASCII.
  var isInternational = false
  /// Octets as they travel, without the dots that are doubled.
  var size: Int64 = 0
}

extension SMTPCommand {
  // mail = "MAIL FROM:" Reverse-path [SP Mail-parameters] CRLF
  // Mail-parameters  = esmtp-param *(SP esmtp-param)
  // esmtp-param      = esmtp-keyword ["=" esmtp-value]
  // esmtp-value      = 1*(%d33-60 / %d62-126)
  /// Begins a message from `envelope.sender`. Only what the server knows is said. RFC 5321, section 4.1.1.2.
  static func mail(
    from envelope: SMTPEnvelope, _ form: MessageForm, _ server: SMTPCapabilities
  ) throws(SMTPError) -> SMTPCommand {
    let sender = envelope.sender.isEmpty ? SMTPPath.null : try SMTPPath(envelope.sender)
    guard let path = form.isInternational ? sender.bytes : sender.asciiForm else { throw .needsUTF8(envelope.sender) }
    var text = Array("MAIL FROM:<".utf8) + path + [0x3E]
    if server.hasSize, form.size > 0 { text += Array(" SIZE=\(form.size)".utf8) }
    if server.has8BitMIME || form.body == .binary, form.body != .sevenBit || server.hasBinaryMIME {
      text += Array(" BODY=\(form.body.rawValue)".utf8)
    }
    if form.isInternational { text += Array(" SMTPUTF8".utf8) }
    if server.hasDSN {
      // ret-parameter = "RET=" ("FULL" / "HDRS"); envid-parameter = "ENVID=" xtext. RFC 3461, sections 4.3 and 4.4
      if let returns = envelope.returns { text += Array(" RET=\(returns.rawValue)".utf8) }
      if let identifier = envelope.envelopeID {
        guard !identifier.isEmpty, identifier.utf8.count <= 100, isPlain(identifier.utf8.span) else {
          throw .invalidParameter(identifier)
        }
        text += Array(" ENVID=".utf8) + xtext(identifier.utf8)
      }
    }
    return try SMTPCommand(text, .sender)
  }

  // rcpt = "RCPT TO:" ( "<Postmaster@" Domain ">" / "<Postmaster>" / Forward-path ) [SP Rcpt-parameters] CRLF
  /// Names `recipient`. RFC 5321, section 4.1.1.3.
  static func recipient(
    _ recipient: SMTPRecipient, isInternational: Bool, _ server: SMTPCapabilities
  ) throws(SMTPError) -> SMTPCommand {
    let address = try SMTPPath(recipient.address)
    guard let path = isInternational ? address.bytes : address.asciiForm else { throw .needsUTF8(recipient.address) }
    var text = Array("RCPT TO:<".utf8) + path + [0x3E]
    if server.hasDSN {
      if let notify = recipient.notify { text += Array(" NOTIFY=".utf8) + notify.bytes }
      if let original = recipient.originalRecipient { text += try originalRecipient(original, isInternational) }
    }
    return try SMTPCommand(text, .recipient)
  }

  // orcpt-parameter = "ORCPT=" original-recipient-address
  // original-recipient-address = addr-type ";" xtext
  /// RFC 3461, section 4.2; RFC 6533, section 3.
  private static func originalRecipient(_ address: String, _ isInternational: Bool) throws(SMTPError) -> [UInt8] {
    guard !address.isEmpty, address.utf8.count <= 500, address.unicodeScalars.allSatisfy({ !isUnsafe($0.value) })
    else { throw .invalidParameter(address) }
    if isASCII(address.utf8.span) { return Array(" ORCPT=rfc822;".utf8) + xtext(address.utf8) }
    return Array(" ORCPT=utf-8;".utf8) + utf8AddressText(address, keepingUTF8: isInternational)
  }
}

extension SMTPRecipient.Notify {
  // notify-esmtp-value = "NEVER" / 1#notify-list-element
  // notify-list-element = "SUCCESS" / "FAILURE" / "DELAY"
  fileprivate var bytes: [UInt8] {
    let words = [(SMTPRecipient.Notify.success, "SUCCESS"), (.failure, "FAILURE"), (.delay, "DELAY")]
    let names = words.filter { contains($0.0) }.map { $0.1 }
    return Array((names.isEmpty ? "NEVER" : names.joined(separator: ",")).utf8)
  }
}
