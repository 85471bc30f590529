internal import MailConfiguration
internal import MailContacts
internal import MailStore
public import MailSystem

/// The table of exit codes: every kind of error that a library throws, and what the shell is told about it.
///
/// Nil for an error of no library of ours: the argument parser's, or a mistake.
func knownFailure(for error: any Error) -> Failure? {
  switch error {
  case let failure as Failure: failure
  case is ClosedPipe: Failure(.success, "")
  case let error as SystemError: Failure(exitCode(for: error), error.description)
  case let error as StoreError: failure(for: error)
  case let error as ConfigurationError: failure(for: error)
  case let error as ContactError: failure(for: error)
  case let error as SecretError: failure(for: error)
  default: nil
  }
}

private func failure(for error: StoreError) -> Failure {
  switch error {
  case .noSuchStore:
    Failure(
      .noInput, error.description,
      hint: "Name another with --store or $MAILDIR. The first delivery by mail-deliver makes one.")
  case .notAStore: Failure(.noInput, error.description)
  case .noSuchFolder: Failure(.noInput, error.description, hint: "mail-folder list names the folders.")
  case .noSuchTag: Failure(.noInput, error.description, hint: "mail-tag list names the tags.")
  case .tagExists: Failure(.cannotCreate, error.description)
  case .badTagName: Failure(.usage, error.description)
  case .commentTooLong: Failure(.refused, error.description)
  case .noSuchMessage: Failure(.noInput, error.description)
  case .notPermitted, .alreadyInTrash: Failure(.notPermitted, error.description)
  case .readOnly: Failure(.notPermitted, error.description)
  case .folderExists: Failure(.cannotCreate, error.description)
  case .badFolderName: Failure(.usage, error.description)
  case .ambiguous(_, let paths): Failure(.badData, error.description, hint: paths.joined(separator: "\n"))
  case .ambiguousFolder(_, let names): Failure(.badData, error.description, hint: names.joined(separator: "\n"))
  case .unknownOrigin: Failure(.usage, error.description, hint: "Name a place with --to.")
  case .busy: Failure(.temporary, error.description)
  case .interrupted: Failure(.interrupted, error.description)
  case .nothingToUndo: Failure(.no, error.description)
  case .system(let cause): Failure(exitCode(for: cause), error.description)
  case .database: Failure(error.isTemporary ? .temporary : .inputOutput, error.description)
  }
}

private func failure(for error: ConfigurationError) -> Failure {
  switch error {
  case .unreadable(let cause): Failure(exitCode(for: cause), error.description)
  case .notTrusted: Failure(.notPermitted, error.description)
  case .invalid: Failure(.configuration, error.description, hint: "See mail-config(5).")
  }
}

private func failure(for error: SecretError) -> Failure {
  switch error {
  case .noSource, .noSecret: Failure(.configuration, error.description, hint: "See mail-config(5).")
  case .notRunnable(_, let cause): Failure(cause.isNotFound ? .configuration : exitCode(for: cause), error.description)
  case .unreadable(let cause): Failure(exitCode(for: cause), error.description)
  case .failed, .notTrusted, .cancelled: Failure(.notPermitted, error.description)
  case .timedOut: Failure(.temporary, error.description)
  }
}

private func failure(for error: ContactError) -> Failure {
  switch error {
  case .noSuchBook, .noSuchGroup:
    Failure(
      .noInput, error.description, hint: "mail-contact group-show names the groups; mail-config(5) tells of them.")
  case .noSuchContact: Failure(.noInput, error.description)
  case .noSuchList: Failure(.noInput, error.description, hint: "mail-contact list-show names the lists.")
  case .ambiguous(_, let candidates): Failure(.badData, error.description, hint: candidates.joined(separator: "\n"))
  case .listExists: Failure(.cannotCreate, error.description)
  case .badListName: Failure(.usage, error.description)
  case .badMember, .badContact, .badText: Failure(.badData, error.description)
  case .tooManyLists, .tooManyMembers:
    Failure(.refused, error.description, hint: "See max-lists and max-members in mail-config(5).")
  case .tooLarge: Failure(.refused, error.description)
  case .notEditor, .badBook: Failure(.notPermitted, error.description)
  case .interrupted: Failure(.interrupted, error.description)
  case .store(let cause): failure(for: cause)
  case .system(let cause): Failure(exitCode(for: cause), error.description)
  }
}

extension Failure {
  /// What a failed system call means.
  public init(_ error: SystemError) { self.init(exitCode(for: error), error.description) }
}

/// What a failed system call means: missing 66, not permitted 77, full or busy 75, everything else 74.
private func exitCode(for error: SystemError) -> ExitCode {
  if error.isBrokenPipe { return .success }
  if error.isNotFound { return .noInput }
  if error.isNotPermitted || error.isReadOnly { return .notPermitted }
  if error.isExisting { return .cannotCreate }
  if error.call == "write", error.path == "standard output" { return .inputOutput }
  return error.isTemporary ? .temporary : .inputOutput
}
