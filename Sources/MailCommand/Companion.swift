internal import MailSystem

/// The path of another command of the suite: beside this one, else where `$PATH` has it. Nil when it isn't installed.
public func companion(_ name: String) -> String? {
  if let own = CommandLine.arguments.first, own.utf8.contains(UInt8(ascii: "/")),
    let path = Program.find("\(parentDirectory(of: own))/\(name)")
  {
    return path
  }
  return Program.find(name)
}

extension StoreOptions {
  /// The options as another command of the suite is given them.
  public var arguments: [String] {
    (store.map { ["--store", $0] } ?? []) + (config.map { ["--config", $0] } ?? [])
  }
}
