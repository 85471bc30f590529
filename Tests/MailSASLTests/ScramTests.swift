import MailSASL
import Testing

@Suite struct ScramTests {
  @Test func theExchangeOfRFC7677ComesOutAsPrinted() throws {
    var mechanism = try ScramMechanism(
      Credentials(user: "user", secret: .password("pencil")), password: "pencil", hash: .sha256, binding: .none,
      nonce: "rOprNGfwEbeRWgbNEkqO")
    func step(_ challenge: String?) throws -> String? {
      try mechanism.respond(to: challenge.map { Array($0.utf8) }).map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(try step(nil) == "n,,n=user,r=rOprNGfwEbeRWgbNEkqO")
    let first = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
    #expect(
      try step(first)
        == "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
    #expect(!mechanism.isComplete)
    #expect(try step("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=") == "")
    #expect(mechanism.isComplete)
  }
}
