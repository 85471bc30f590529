public import ArgumentParser
public import MailContacts
internal import MailStore

extension StoreOptions {
  /// The address books of the store and of the groups in the configuration.
  public func openContacts() throws -> ContactBook {
    try ContactBook(store: open(), configuration: configuration())
  }

  /// The same after the index was brought up to date; `warn` is told what a person should know.
  public func openContacts(synchronised: Bool, warn: (String) -> Void) throws -> ContactBook {
    try ContactBook(store: synchronised ? openSynchronised(warn: warn) : open(), configuration: configuration())
  }
}

/// The form in which contacts and lists are printed.
public enum ContactListFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  /// Lines for people.
  case table
  /// One name, with its address, a line.
  case names
  /// One JSON object a line.
  case json

  /// The form to print in when none is asked for.
  public static func standard(for terminal: Terminal) -> ContactListFormat {
    TagFormat.standard(for: terminal) == .json ? .json : TagFormat.standard(for: terminal) == .table ? .table : .names
  }
}

extension ContactBook.Duplicates: ExpressibleByArgument {}
extension MessageField: ExpressibleByArgument {}
extension ContactFormat: ExpressibleByArgument {}
extension VCard.Version: ExpressibleByArgument {}

extension CompletionKind {
  /// The names of the lists, asked for when a shell completes.
  public static var contactLists: CompletionKind {
    .shellCommand("mail-contact list-show --format names 2>/dev/null")
  }

  /// The names of the groups.
  public static var contactGroups: CompletionKind {
    .shellCommand("mail-contact group-show --format names 2>/dev/null")
  }
}
