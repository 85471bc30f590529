public import MailMIME
public import MailStore

/// All address books of a user: the private one, which lies in the store's `state.db`, and those of groups.
public final class ContactBook {
  let store: Store
  public let settings: ContactSettings

  public init(store: Store, settings: ContactSettings) {
    self.store = store
    self.settings = settings
  }

  /// The recipients that fit the beginnings in `words`: contacts first, the most used ones before others, then
  /// correspondents that are no contacts. `limit` 0 is all of them.
  public func query(_ words: [String], limit: Int = 100) throws(ContactError) -> [Suggestion] { [] }

  /// The members of the list `name`, each recipient once; the name of a group and a slash may stand before it.
  public func expand(list name: String) throws(ContactError) -> [Member] { throw .noSuchList(name) }

  /// All members of the group `name`.
  public func expand(group name: String) throws(ContactError) -> [Member] { throw .noSuchGroup(name) }

  /// Notes that a message was sent to `addresses` at `time`, in seconds since 1970: they are offered earlier from now on.
  public func recordUse(of addresses: [Address], at time: Int64) throws(ContactError) {}
}
