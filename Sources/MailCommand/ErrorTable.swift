/// The table of exit codes: every kind of error that a library throws, and what the shell is told about it.
///
/// Nil for an error of no library of ours: the argument parser's, or a mistake.
func knownFailure(for error: any Error) -> Failure? {
  switch error {
  case let failure as Failure: failure
  case is ClosedPipe: Failure(.success, "")
  case let error as WriteError: Failure(.inputOutput, error.description)
  default: nil
  }
}
