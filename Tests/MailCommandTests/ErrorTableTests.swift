import Glibc
import MailConfiguration
import MailContacts
import MailStore
import MailSystem
import Testing

@testable import MailCommand

@Suite struct ErrorTableTests {
  private struct Unknown: Error {}

  @Test(
    arguments: [
      (Failure(.refused, "x"), 69),
      (ClosedPipe(), 0),
      (SystemError(call: "open", path: "p", errno: ENOENT), 66),
      (SystemError(call: "open", path: "p", errno: ENOTDIR), 66),
      (SystemError(call: "open", path: "p", errno: EACCES), 77),
      (SystemError(call: "open", path: "p", errno: EPERM), 77),
      (SystemError(call: "open", path: "p", errno: EROFS), 77),
      (SystemError(call: "mkdir", path: "p", errno: EEXIST), 73),
      (SystemError(call: "write", path: "p", errno: ENOSPC), 75),
      (SystemError(call: "open", path: "p", errno: EMFILE), 75),
      (SystemError(call: "read", path: "p", errno: EISDIR), 74),
      (SystemError(call: "write", path: "p", errno: EPIPE), 0),
      (SystemError(call: "write", path: "standard output", errno: ENOSPC), 74),
      (ConfigurationError.unreadable(SystemError(call: "open", path: "p", errno: ENOENT)), 66),
      (ConfigurationError.notTrusted(file: "p", reason: "r"), 77),
      (ConfigurationError.invalid(file: "p", line: 1, key: nil, problem: "x"), 78),
      (ContactError.noSuchBook("b"), 66),
      (ContactError.noSuchGroup("g"), 66),
      (ContactError.noSuchContact("c"), 66),
      (ContactError.noSuchList("l"), 66),
      (ContactError.ambiguous("c", candidates: ["a", "b"]), 65),
      (ContactError.listExists("l"), 73),
      (ContactError.badListName("l", reason: "r"), 64),
      (ContactError.badMember("m", reason: "r"), 65),
      (ContactError.tooManyLists(limit: 1), 69),
      (ContactError.tooManyMembers(list: "l", limit: 1), 69),
      (ContactError.notEditor(of: "b"), 77),
      (ContactError.badContact("r"), 65),
      (ContactError.badText(format: "CSV", line: 1, reason: "r"), 65),
      (ContactError.tooLarge("r"), 69),
      (ContactError.badBook(path: "p", reason: "r"), 77),
      (ContactError.interrupted, 130),
      (ContactError.store(.busy("p")), 75),
      (StoreError.noSuchStore("p"), 66),
      (StoreError.notAStore("p"), 66),
      (StoreError.noSuchFolder("p"), 66),
      (StoreError.noSuchMessage("p"), 66),
      (StoreError.notPermitted(path: "p", reason: "r"), 77),
      (StoreError.readOnly("p"), 77),
      (StoreError.folderExists("p"), 73),
      (StoreError.badFolderName("p", reason: "r"), 64),
      (StoreError.ambiguous("p", paths: ["a", "b"]), 65),
      (StoreError.ambiguousFolder("p", candidates: ["a", "b"]), 65),
      (StoreError.unknownOrigin("p"), 64),
      (StoreError.alreadyInTrash("p"), 77),
      (StoreError.busy("p"), 75),
      (StoreError.system(SystemError(call: "open", path: "p", errno: EACCES)), 77),
    ] as [(any Error, Int32)])
  func `Every kind of error has its exit code`(error: any Error, code: Int32) {
    #expect(knownFailure(for: error)?.code.rawValue == code)
  }

  @Test func `An error of no library has none`() {
    #expect(knownFailure(for: Unknown()) == nil)
  }

  struct Tool: Command {
    static let configuration = CommandConfiguration(name: "mail-tool", abstract: "Tests.")
    @Option var number: Int = 0
    @Option var what = ""
    func run() throws {
      switch what {
      case "no": throw Failure.no
      case "unknown": throw Unknown()
      case "code": throw ExitCode(75)
      default: break
      }
    }
  }

  @Test(
    arguments: [
      ([], 0), (["--number", "3"], 0), (["--number", "x"], 64), (["--nonsense"], 64), (["word"], 64),
      (["--number"], 64),
      (["--what", "no"], 1), (["--what", "unknown"], 70), (["--what", "code"], 75),
    ] as [([String], Int32)])
  func `A command ends with the code of what happened`(arguments: [String], code: Int32) {
    #expect(Tool.execute(arguments) == code)
  }
}
