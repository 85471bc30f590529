public import MailStore

/// Where imported messages go.
public protocol ImportTarget: AnyObject {
  /// What the folder with this role is called there.
  func name(of role: FolderRole) -> String
  /// The name of the folder that messages for `name` go to, which may differ in the case of its letters, and whether it has
  /// yet to be made.
  func folder(for name: String) throws -> (name: String, isNew: Bool)
  /// Puts a batch into the folder; the number of those that the target didn't know yet, and their bytes.
  func add(_ messages: [NewMessage], to folder: String) throws -> (messages: Int, bytes: Int64)
  /// The target has this message already.
  func contains(_ message: FoundMessage) throws -> Bool
  /// Gives tags their colours, unless they have others.
  func setColours(_ colours: [String: String]) throws
}
