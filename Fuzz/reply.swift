// What an SMTP server answers: a reply within the limits, or an error; both can be shown on a terminal.
import MailBytes
import MailConfiguration
import MailMIME
import MailSASL
import MailSMTP
import MailSystem
import MailTransport

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReply(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  var parser = ReplyParser()
  for line in UnsafeBufferPointer(start: data, count: count).split(separator: 0x0A, omittingEmptySubsequences: false) {
    do throws(ReplyError) {
      guard let reply = try parser.take(Array(line)[...]) else { continue }
      precondition(200..<600 ~= reply.code && !reply.lines.isEmpty && reply.lines.count <= ReplyLimits.standard.lines)
      precondition(reply.description.unicodeScalars.allSatisfy { !isUnsafe($0.value) })
      let server = SMTPCapabilities(reply)
      precondition(server.authentication.allSatisfy { !$0.isEmpty } && (server.sizeLimit ?? 1) > 0)
    } catch {
      precondition(error.description.unicodeScalars.allSatisfy { !isUnsafe($0.value) })
      break
    }
  }
  return 0
}
