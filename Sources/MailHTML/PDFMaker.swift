public import MailSystem

/// Why no PDF could be made of a page.
public enum PDFError: Error, Sendable, Equatable, CustomStringConvertible {
  /// WeasyPrint is not installed.
  case notInstalled
  /// WeasyPrint ended so, or what it made is no PDF.
  case failed(String)
  /// WeasyPrint took longer than the limit.
  case timedOut(seconds: Int)
  /// WeasyPrint could not be run.
  case system(SystemError)

  public var description: String {
    switch self {
    case .notInstalled: "weasyprint is not installed, which makes the PDF"
    case .failed(let text): text
    case .timedOut(let seconds): "weasyprint took longer than \(seconds) seconds"
    case .system(let error): error.description
    }
  }

  /// Trying again may help.
  public var isTemporary: Bool {
    switch self {
    case .notInstalled, .failed: false
    case .timedOut: true
    case .system(let error): error.isTemporary
    }
  }
}

/// The program that makes a PDF of a page: WeasyPrint.
public struct PDFMaker: Sendable {
  /// More is not taken from it, in octets.
  private static let limit = 1 << 30

  private let path: String
  private let mayLoad: Bool
  private let timeLimit: Int?

  /// WeasyPrint, which may ask other hosts with `mayLoad`, and is ended after `timeLimit` seconds.
  public init(mayLoad: Bool = false, timeLimit: Int? = nil) throws(PDFError) {
    guard let path = Program.find("weasyprint") else { throw .notInstalled }
    self.path = path
    self.mayLoad = mayLoad
    self.timeLimit = timeLimit
  }

  /// `page`, HTML in UTF-8 that names nothing but itself, as PDF.
  public func pdf(of page: [UInt8]) throws(PDFError) -> [UInt8] {
    // Without a base URL nothing relative can be found.
    var program = Program(
      path, ["--quiet", "--presentational-hints", "--encoding", "utf-8", "--base-url", "", "-", "-"])
    if !mayLoad {
      // A second barrier: what is asked for all the same goes to a proxy that nobody can be.
      let nowhere = "http://127.0.0.1:0/"
      for name in ["http_proxy", "https_proxy", "ftp_proxy", "all_proxy"] {
        program.environment[name] = nowhere
        program.environment[name.uppercased()] = nowhere
      }
      program.environment["no_proxy"] = ""
      program.environment["NO_PROXY"] = ""
    }
    let result: Program.Result
    do throws(SystemError) {
      result = try program.collect(input: .bytes(page), limit: Self.limit, timeLimit: timeLimit)
    } catch {
      throw error.isTimeOut ? .timedOut(seconds: timeLimit ?? 0) : .system(error)
    }
    switch result.end {
    case .exited(0): break
    case .exited(let code): throw .failed("weasyprint exited with \(code)")
    case .signalled(let number): throw .failed("weasyprint ended by signal \(number)")
    }
    guard !result.isCut, result.output.starts(with: "%PDF-".utf8) else {
      throw .failed("what weasyprint made is no PDF")
    }
    return result.output
  }
}
