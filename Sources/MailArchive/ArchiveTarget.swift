internal import MailSystem

/// Where an archive is to lie, and in which form.
public struct ArchiveTarget: Sendable, Equatable {
  public let path: String
  public let form: ArchiveForm

  /// The archive `path` in the form `form`. Without a form the name tells it; nil when it doesn't. Without a path it is
  /// named by today's date and lies in the directory that the process works in.
  public init?(path: String?, form: ArchiveForm?) {
    guard let path else {
      self.form = form ?? .zip
      let today = LocalTime(seconds: now() / 1_000_000_000)
      self.path = "mail-\(today.year)-\(twoDigits(today.month))-\(twoDigits(today.day))\(self.form.ending)"
      return
    }
    guard let form = form ?? ArchiveForm(path: path) else { return nil }
    self.path = path
    self.form = form
  }
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
