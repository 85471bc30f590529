import MailSystem
import Testing

@testable import MailConfiguration

@Suite struct SecretTests {
  private func server(_ change: (inout Configuration.Outgoing.Login) -> Void) -> Configuration.Outgoing {
    var server = Configuration.Outgoing(host: "smtp.example.org", port: 465)
    server.login.user = "ada"
    change(&server.login)
    return server
  }

  private func temporaryFile(_ text: String, permissions: UInt32) throws -> String {
    let path = "/tmp/secret-test-\(processID())-\(monotonicNow())"
    try replaceFile(path, with: Array(text.utf8), permissions: permissions)
    try setPermissions(path, to: permissions)
    return path
  }

  @Test func theFirstLineOfACommandIsThePassword() throws {
    #expect(try server { $0.passwordCommand = "printf 'pa ss\\r\\nlogin: ada\\n'" }.password() == Secret("pa ss"))
    #expect(try server { $0.tokenCommand = "echo tok" }.token().text == "tok")
  }

  @Test func aCommandThatFailsGivesNoPassword() {
    #expect(throws: SecretError.failed(key: "password-command", code: 3)) {
      try server { $0.passwordCommand = "echo secret; exit 3" }.password()
    }
    #expect(throws: SecretError.noSecret(key: "password-command", reason: "the first line is empty")) {
      try server { $0.passwordCommand = "echo; echo x" }.password()
    }
    #expect(throws: SecretError.noSecret(key: "k", reason: "the first line is too long")) {
      try secret(printedBy: "yes x | tr -d '\\n'", key: "k")
    }
  }

  @Test func aCommandThatTakesTooLongIsEnded() {
    let start = monotonicNow()
    #expect(throws: SecretError.timedOut(key: "k", seconds: 1)) {
      try secret(printedBy: "sleep 60", key: "k", timeLimit: 1)
    }
    #expect(throws: SecretError.timedOut(key: "k", seconds: 1)) {
      try secret(printedBy: "exec >&-; trap '' TERM; while :; do sleep 1; done", key: "k", timeLimit: 1)
    }
    #expect(monotonicNow() - start < nanoseconds(ofSeconds: 20))
  }

  @Test func aFileHasToBePrivate() throws {
    let path = try temporaryFile("geheim\n", permissions: 0o600)
    defer { try? removeFile(path) }
    #expect(try server { $0.passwordFile = path }.password().text == "geheim")
    try setPermissions(path, to: 0o644)
    #expect(throws: SecretError.notTrusted(file: path, reason: "others may read it; chmod 600 helps")) {
      try secret(inFile: path)
    }
    try setPermissions(path, to: 0o622)
    #expect(throws: SecretError.notTrusted(file: path, reason: "others may write to it")) { try secret(inFile: path) }
  }

  @Test func somebodyIsAskedOnlyWithoutAnotherSource() throws {
    let asked = try server { _ in }.password { question in
      #expect(question == "Password of ada at smtp.example.org: ")
      return Secret("typed")
    }
    #expect(asked.text == "typed")
    #expect(throws: SecretError.cancelled) { try server { _ in }.password { _ in nil } }
    #expect(
      throws: SecretError.noSource(key: "password-command or password-file", server: "smtp.example.org")
    ) { try server { _ in }.password() }
  }

  @Test func aSecretIsNotShown() {
    let secret = Secret("geheim")
    var dumped = ""
    dump(secret, to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), "\([secret])", dumped] {
      #expect(!text.contains("geheim") && !text.contains("103"))
    }
  }
}
