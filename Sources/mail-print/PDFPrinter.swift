import MailCommand
import MailSystem

/// The program that makes a PDF of a page.
struct PDFPrinter {
  /// More is not taken from it, in octets.
  private static let limit = 1 << 30

  private let path: String
  private let mayLoad: Bool

  /// WeasyPrint, which may ask other hosts with `mayLoad`; 69 if it isn't there.
  static func find(mayLoad: Bool) throws -> PDFPrinter {
    guard let path = Program.find("weasyprint") else {
      throw Failure(
        .refused, "weasyprint is not installed, which makes the PDF",
        hint: "Install the package 'weasyprint', or write HTML with --html.")
    }
    return PDFPrinter(path: path, mayLoad: mayLoad)
  }

  /// `page`, which names nothing but itself, as PDF.
  func pdf(of page: [UInt8]) throws -> [UInt8] {
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
    let result = try program.collect(input: .bytes(page), limit: Self.limit)
    if interruptRequested() { throw Failure(.interrupted, "stopped: nothing has been written") }
    switch result.end {
    case .exited(0): break
    case .exited(let code): throw Failure(.inputOutput, "weasyprint exited with \(code): nothing has been written")
    case .signalled(let number):
      throw Failure(.inputOutput, "weasyprint ended by signal \(number): nothing has been written")
    }
    guard !result.isCut, result.output.starts(with: "%PDF-".utf8) else {
      throw Failure(.inputOutput, "what weasyprint made is no PDF: nothing has been written")
    }
    return result.output
  }
}
