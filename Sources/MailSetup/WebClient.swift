internal import MailSystem

/// Speaks HTTPS through curl. What it is to do goes to its standard input, so that nothing secret stands in a list of
/// processes; it reads no configuration of its own, follows redirections only where told, and speaks nothing but HTTPS.
public struct WebClient: Sendable {
  /// Certificates to trust instead of the system's, PEM.
  public var caFile: String?
  /// Seconds for all of one request.
  public var timeLimit = 10
  /// The largest answer, in bytes.
  public var sizeLimit = 1 << 20

  public init(caFile: String? = nil) { self.caFile = caFile }

  public struct Response: Sendable, Equatable {
    public var status: Int
    public var body: [UInt8]

    public init(status: Int, body: [UInt8]) {
      self.status = status
      self.body = body
    }
  }

  /// Fetches `url`; up to three redirections, to HTTPS alone, are followed.
  public func get(_ url: String) throws(SetupError) -> Response {
    try request(url, ["location", "max-redirs = 3"], accept: "application/xml, text/xml, */*")
  }

  /// Sends `fields` as a form, and follows no redirection: they may be secrets.
  public func post(_ url: String, form fields: [(String, String)]) throws(SetupError) -> Response {
    try request(url, ["data = \(quoted(formEncoded(fields)))"], accept: "application/json")
  }

  private func request(_ url: String, _ lines: [String], accept: String) throws(SetupError) -> Response {
    var script =
      lines + [
        "url = \(quoted(url))", "silent", "globoff", "proto = \"=https\"", "proto-redir = \"=https\"",
        "max-time = \(timeLimit)", "connect-timeout = \(min(timeLimit, 5))", "max-filesize = \(sizeLimit)",
        "header = \(quoted("Accept: \(accept)"))", "user-agent = \"postbag\"", "write-out = \"\\n%{http_code}\"",
      ]
    if let caFile { script.append("cacert = \(quoted(caFile))") }
    let result: Program.Result
    do throws(SystemError) {
      // -q comes first: the user's .curlrc is for the user.
      result = try Program("curl", ["-q", "--config", "-"]).collect(
        input: .bytes(Array((script.joined(separator: "\n") + "\n").utf8)), limit: sizeLimit + 64,
        timeLimit: timeLimit + 5)
    } catch {
      throw error.isNotFound ? .noCurl : error.isTimeOut ? .noAnswer(host(of: url), "timed out") : .system(error)
    }
    guard result.end.isSuccess else { throw .noAnswer(host(of: url), reason(result.end.code)) }
    guard !result.isCut, let end = result.output.lastIndex(of: UInt8(ascii: "\n")),
      let status = Int(String(decoding: result.output[(end + 1)...], as: UTF8.self))
    else { throw .noAnswer(host(of: url), "the answer is too long") }
    return Response(status: status, body: Array(result.output[..<end]))
  }

  /// What the exit codes of curl mean that a user can do something about.
  private func reason(_ code: Int32) -> String {
    switch code {
    case 6: "no such host"
    case 7: "can't connect"
    case 28: "timed out"
    case 35: "TLS failed"
    case 47: "too many redirections"
    case 52: "no answer"
    case 60: "its certificate is not trusted"
    case 63: "the answer is too long"
    case 77: "the file of trusted certificates can't be read"
    default: "curl ended with \(code)"
    }
  }
}

/// The host of `url`, for errors.
func host(of url: String) -> String {
  var rest = url[...]
  if rest.hasPrefix("https://") { rest = rest.dropFirst(8) }
  return String(rest.prefix { $0 != "/" && $0 != "?" })
}

/// `text` as curl's configuration files quote it.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\\", "\"": result += "\\\(scalar)"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\0": break
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// Names and values as `application/x-www-form-urlencoded`.
func formEncoded(_ fields: [(String, String)]) -> String {
  fields.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }.joined(separator: "&")
}

/// `text` with everything but letters, digits and `-._~` as `%XX`. RFC 3986, section 2.
func percentEncoded(_ text: String) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var result: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
      result.append(byte)
    default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: result, as: UTF8.self)
}
