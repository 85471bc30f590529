internal import MailBytes
internal import MailConfiguration
internal import MailContacts
internal import MailMIME
internal import MailStore

extension Outbox {
  /// The members of the list or group `name` of the address books.
  func members(_ kind: String, _ name: String) throws(SendError) -> [Address] {
    guard let store else { throw .badAddress("\(kind):\(clean(name))", reason: "there is no store with address books") }
    do {
      let opened = try Store.open(store, options: Store.Options(configuration))
      let book = ContactBook(store: opened, settings: ContactSettings(configuration))
      let members = kind == "list" ? try book.expand(list: name) : try book.expand(group: name)
      guard !members.isEmpty else { throw SendError.badAddress("\(kind):\(clean(name))", reason: "has no members") }
      return members.map(\.address)
    } catch let error as SendError {
      throw error
    } catch {
      throw .badAddress("\(kind):\(clean(name))", reason: "\(error)")
    }
  }
}
