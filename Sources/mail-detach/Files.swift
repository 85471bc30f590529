import MailAttachments
import MailCommand

/// A directory that parts are saved in, and the list of the files made there.
final class Files {
  private var saver: Saver
  private let options: Saver.Options
  private let output: Output?

  /// The list goes to standard output, unless that is for something else.
  init(_ directory: String, _ options: Saver.Options, prints: Bool = true) throws {
    do {
      saver = try Saver(directory, options: options)
    } catch {
      throw Failure(error)
    }
    self.options = options
    output = prints ? Output() : nil
  }

  /// Saves a part and prints the path of its file.
  func save(_ part: Attachment) throws {
    let path: String
    do throws(SaveError) {
      path = try saver.save(part.bytes, as: part.fileName(allowsHidden: options.allowsHidden))
    } catch {
      throw Failure(error)
    }
    try output?.write(path + "\n")
  }

  func finish() throws { try output?.finish() }
}
