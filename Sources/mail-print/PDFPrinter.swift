import MailCommand
import MailHTML
import MailSystem

extension PDFMaker {
  /// WeasyPrint, which may ask other hosts with `mayLoad`; 69 if it isn't there.
  static func find(mayLoad: Bool) throws -> PDFMaker {
    do throws(PDFError) {
      return try PDFMaker(mayLoad: mayLoad)
    } catch {
      throw Failure(
        .refused, error.description, hint: "Install the package 'weasyprint', or write HTML with --html.")
    }
  }

  /// `page` as PDF; nothing has been written when it can't be made.
  func document(of page: [UInt8]) throws -> [UInt8] {
    let result: Result<[UInt8], PDFError>
    do throws(PDFError) { result = .success(try pdf(of: page)) } catch { result = .failure(error) }
    if interruptRequested() { throw Failure(.interrupted, "stopped: nothing has been written") }
    switch result {
    case .success(let bytes): return bytes
    case .failure(.system(let error)): throw error
    case .failure(let error): throw Failure(.inputOutput, "\(error): nothing has been written")
    }
  }
}
