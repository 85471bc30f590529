internal import MailMIME
public import MailSystem

/// A program that shows a file to the user.
public struct Viewer: Sendable {
  /// The command to be run.
  private let command: @Sendable (String, String) -> Program
  /// It returns when its user has finished; else the file must stay for a while.
  private let waits: Bool

  /// The user's viewer: `$POSTBAG_OPEN`, which the shell reads; the desktop's `xdg-open` where there is a desktop; else
  /// what the mailcap files say, by `run-mailcap`. Nil when there is none.
  public static func find() -> Viewer? {
    if let words = environment("POSTBAG_OPEN") {
      return Viewer(command: { path, _ in .shell(words, [path]) }, waits: true)
    }
    let hasDesktop = environment("DISPLAY") != nil || environment("WAYLAND_DISPLAY") != nil
    if hasDesktop, let program = Program.find("xdg-open") {
      return Viewer(command: { path, _ in Program(program, [path]) }, waits: false)
    }
    guard let program = Program.find("run-mailcap") else { return nil }
    return Viewer(command: { path, type in Program(program, ["--action=view", "\(type):\(path)"]) }, waits: true)
  }

  /// Shows a part as a file of its own in a directory that only the user can enter. The file goes when the viewer ends, or,
  /// with a viewer that goes on by itself, with the next part shown a day later.
  public func open(_ attachment: Attachment) throws -> Program.End {
    let parent = Self.parent()
    try createDirectories(parent)
    Self.removeOld(in: parent)
    let directory = "\(parent)/\(processID())-\(monotonicNow())"
    try createDirectory(directory)
    defer { if waits { Self.remove(directory) } }
    let path = "\(directory)/\(attachment.fileName())"
    let file = try File(path, [.write, .exclusive, .noFollow], permissions: 0o600)
    try file.write(attachment.bytes)
    try file.close()
    var program = command(path, attachment.plainType)
    program.ownsTerminal = true
    return try program.run()
  }

  private static func parent() -> String {
    if let runtime = environment("XDG_RUNTIME_DIR") { return runtime + "/postbag/open" }
    return (environment("XDG_CACHE_HOME") ?? (userHome() ?? "/tmp") + "/.cache") + "/postbag/open"
  }

  private static let day: Int64 = 86_400_000_000_000

  /// Removes what viewers that went on by themselves were shown.
  private static func removeOld(in parent: String) {
    // What can't be listed or looked at stays.
    for name in (try? directoryEntries(parent)) ?? [] {
      guard let status = try? fileStatus("\(parent)/\(name)", followLinks: false), status.isDirectory,
        status.modificationTime < now() - day
      else { continue }
      remove("\(parent)/\(name)")
    }
  }

  /// Removes a directory of files; what can't be removed stays until the next time.
  private static func remove(_ directory: String) {
    for name in (try? directoryEntries(directory)) ?? [] { try? removeFile("\(directory)/\(name)") }
    try? removeDirectory(directory)
  }
}

extension Attachment {
  /// The media type if it can be part of a command line.
  var plainType: String {
    let type = part.contentType.mediaType
    let isPlain = type.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || [0x2F, 0x2D, 0x2B, 0x2E, 0x5F].contains($0)
    }
    return isPlain ? type : "application/octet-stream"
  }
}
