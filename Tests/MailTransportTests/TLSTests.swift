import MailSystem
import MailTransport
import Testing

@Suite(.enabled(if: Fixture.canServe)) struct TLSTests {
  private var authority: Authority { .shared }

  private func settings(
    _ host: String = "localhost", ca: String? = "ca", pins: [String] = [], client: String? = nil, key: String? = nil
  ) -> TLSSettings {
    TLSSettings(
      hostName: host, caFile: ca.map { authority.path($0 + ".pem") }, fingerprints: pins,
      certificateFile: client.map { authority.path($0 + ".pem") }, keyFile: key.map { authority.path($0 + ".key") })
  }

  /// The error of encrypting a connection to a server with the certificate `name`.
  private func refusal(_ name: String, _ settings: TLSSettings, _ options: String...) throws -> TransportError? {
    let server = try TestServer(
      ["tls", "cert=\(authority.path(name + ".pem"))", "key=\(authority.path(name + ".key"))"] + options)
    let connection = try server.connect()
    return transportError {
      try connection.startTLS(settings)
      _ = try ask("hello", connection)
    }
  }

  private func problem(_ error: TransportError?) -> CertificateProblem? {
    if case .certificate(let problem, _) = error { problem } else { nil }
  }

  @Test(arguments: [
    "localhost", "127.0.0.1", "::1", "[::1]", "LOCALHOST", "localhost.", "a.wild.example", "bücher.example",
    "bu\u{308}cher.example", "bücher。example",
  ])
  func aCertificateForTheHostIsAccepted(host: String) throws {
    let server = try TestServer("tls", certificate: "server")
    let connection = try server.connect("127.0.0.1")
    try connection.startTLS(settings(host))
    #expect(try ask("hello", connection) == "hello")
    let facts = try #require(connection.security)
    #expect(facts.version == "TLSv1.3")
    #expect(facts.names.contains("localhost") && facts.names.contains("127.0.0.1") && facts.names.contains("::1"))
    #expect(facts.fingerprint == (try authority.fingerprint("server")).lowercased().filter { $0 != ":" })
    #expect((facts.expires ?? 0) > 1_700_000_000)
  }

  @Test func theNameIsToldTheServerAndAnAddressIsNot() throws {
    let server = try TestServer("tls", certificate: "server")
    for (host, told) in [("BÜCHER.example", "xn--bcher-kva.example"), ("127.0.0.1", "none")] {
      let connection = try server.connect("127.0.0.1")
      try connection.startTLS(settings(host))
      #expect(try ask("sni", connection) == told)
    }
  }

  @Test(arguments: ["mail.example.org", "127.0.0.2", "a.b.wild.example", "wild.example"])
  func aCertificateForOtherHostsIsRefused(host: String) throws {
    let error = try refusal("server", settings(host))
    guard case .wrongHost(let wanted, let names) = problem(error) else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(wanted == host && names.contains("localhost"))
    #expect(error?.isTemporary == false)
  }

  @Test func theSubjectOfACertificateIsNoHostName() throws {
    #expect(problem(try refusal("nameonly", settings())) == .wrongHost(wanted: "localhost", names: []))
  }

  @Test func certificatesOutOfTheirTimeAreRefused() throws {
    #expect(problem(try refusal("expired", settings())) == .expired)
    #expect(problem(try refusal("future", settings())) == .notYetValid)
  }

  @Test func nobodysCertificatesAreRefused() throws {
    let error = try refusal("own", settings(ca: nil))
    #expect(problem(error) == .selfSigned)
    if case .certificate(_, let fingerprint) = error {
      #expect(fingerprint == (try authority.fingerprint("own")).lowercased().filter { $0 != ":" })
    }
    #expect(problem(try refusal("server", settings(ca: nil))) == .unknownAuthority)
    #expect(problem(try refusal("server", settings(ca: "other"))) == .unknownAuthority)
  }

  @Test func aPinnedCertificateIsAcceptedWhateverElseItIs() throws {
    for name in ["own", "expired", "elsewhere"] {
      let pin = try authority.fingerprint(name)
      #expect(try refusal(name, settings(pins: [pin])) == nil)
      #expect(
        try refusal(name, settings(pins: [String(repeating: "0", count: 64), pin.lowercased().filter { $0 != ":" }]))
          == nil)
    }
  }

  @Test func anyOtherThanThePinnedCertificateIsRefusedHoweverGood() throws {
    let error = try refusal("server", settings(pins: [try authority.fingerprint("own")]))
    #expect(problem(error) == .notPinned)
  }

  @Test(arguments: ["", "xyz", "00:11", String(repeating: "0", count: 63), String(repeating: "g", count: 64)])
  func aFingerprintThatIsNoneIsSaid(text: String) throws {
    guard case .settings = try refusal("server", settings(pins: [text])) else {
      Issue.record("accepted")
      return
    }
  }

  @Test func aClientCertificateIsShownToWhoAsks() throws {
    let server = try TestServer("tls", certificate: "server", "ca=\(authority.path("ca.pem"))")
    let connection = try server.connect()
    try connection.startTLS(settings(client: "client", key: "client"))
    #expect(try ask("client", connection) == "Example client")
  }

  @Test func aServerThatWantsAClientCertificateSaysSo() throws {
    let error = try refusal("server", settings(), "ca=\(authority.path("ca.pem"))")
    #expect(error == .tls("the server wants a client certificate"))
    let old = try refusal("server", settings(), "ca=\(authority.path("ca.pem"))", "max=1.2")
    guard case .tls = old else {
      Issue.record("\(String(describing: old))")
      return
    }
  }

  @Test func filesThatCantBeUsedAreNamed() throws {
    for wrong in [
      settings(ca: "missing"), settings(client: "missing"), settings(client: "client"),
      settings(client: "client", key: "locked"), settings(client: "client", key: "server"),
    ] {
      guard case .settings(let reason) = try refusal("server", wrong) else {
        Issue.record("accepted: \(wrong)")
        continue
      }
      #expect(reason.hasPrefix("/"))
    }
  }

  @Test func versionsBefore12AreRefused() throws {
    let error = try refusal("server", settings(), "max=1.1")
    #expect(error == .tls("the server knows only versions older than TLS 1.2"))
  }

  @Test(arguments: ["1.2", "1.3"]) func aSessionIsTakenUpAgain(version: String) throws {
    let server = try TestServer("tls", certificate: "server", "max=\(version)")
    var resumed: [Bool] = []
    for _ in 0..<4 {
      let connection = try server.connect()
      try connection.startTLS(settings())
      #expect(try ask("hello", connection) == "hello")
      #expect(connection.security?.names.first == "localhost")
      resumed.append(connection.security?.isResumed ?? false)
      connection.close()
    }
    #expect(resumed == [false, true, true, true])
    // Under other settings nothing is taken up: the certificate has to be looked at.
    let other = try server.connect()
    #expect(problem(transportError { try other.startTLS(settings("other.example")) }) != nil)
  }

  @Test func theBindingIsTheOneThatTheServerSees() throws {
    let server = try TestServer("tls", certificate: "server", "max=1.2")
    // The second connection takes up the session of the first.
    for _ in 0..<2 {
      let connection = try server.connect()
      try connection.startTLS(settings())
      let unique = try ask("unique", connection)
      let bindings = connection.security?.channelBindings ?? []
      #expect(bindings.map(\.name) == ["tls-unique", "tls-server-end-point"])
      #expect(bindings.first.map { hexadecimal($0.data) } == unique)
      #expect(bindings.last.map { hexadecimal($0.data) } == connection.security?.fingerprint)
    }
    let newer = try TestServer("tls", certificate: "server").connect()
    #expect(newer.security == nil)
  }

  @Test func withTLS13TheBindingIsAnExportedKey() throws {
    let server = try TestServer("tls", certificate: "server")
    let connection = try server.connect()
    try connection.startTLS(settings())
    let bindings = connection.security?.channelBindings ?? []
    #expect(bindings.map(\.name) == ["tls-exporter", "tls-server-end-point"])
    #expect(bindings.first?.data.count == 32)
  }

  @Test func theExportedKeyIsTheOneThatOpensslExports() throws {
    let stream = try ProgramStream(
      Program(
        "openssl",
        [
          "s_server", "-accept", "127.0.0.1:0", "-naccept", "1", "-tls1_3", "-cert", authority.path("server.pem"),
          "-key",
          authority.path("server.key"), "-keymatexport", "EXPORTER-Channel-Binding", "-keymatexportlen", "32",
        ]))
    stream.timeLimit = 10_000
    defer { stream.close() }
    let reader = LineReader(stream)
    func value(after word: String) throws -> String {
      while let line = try reader.readLine() {
        let text = String(decoding: line, as: UTF8.self)
        if text.drop(while: { $0 == " " }).hasPrefix(word) { return String(text.drop { $0 != ":" }.dropFirst()) }
      }
      return ""
    }
    let port = try #require(UInt16(try value(after: "ACCEPT 127.0.0.1")))
    let connection = try Connection.open(host: "127.0.0.1", port: port)
    try connection.startTLS(settings())
    let exported = try value(after: "Keying material: ").filter { $0 != " " }
    #expect(exported.count == 64)
    #expect(connection.security?.channelBindings.first.map { hexadecimal($0.data) } == exported.lowercased())
  }

  @Test func whatIsInsertedBeforeTheEncryptionEndsTheConnection() throws {
    for (mode, isGood) in [("starttls", true), ("inject", false)] {
      let server = try TestServer(mode, certificate: "server")
      let connection = try server.connect()
      let reader = LineReader(connection)
      #expect(try reader.readLine() == Array("220 ready".utf8))
      try connection.write(Array("STARTTLS\r\n".utf8))
      #expect(try reader.readLine() == Array("220 go on".utf8))
      let error = transportError { try reader.startTLS(settings()) }
      #expect(error == (isGood ? nil : .injected))
      if isGood { #expect(try ask("hello", connection) == "hello") }
    }
  }

  @Test func aServerThatSpeaksNoTLSIsFoundOut() throws {
    let server = try TestServer("starttls", certificate: "server")
    let error = transportError { try server.connect().startTLS(settings()) }
    guard case .tls(let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.hasPrefix("what the server says is no TLS"))
  }

  @Test(arguments: ["silent", "slow"]) func aHandshakeEndsInTime(mode: String) throws {
    let server = try TestServer(mode)
    let connection = try server.connect()
    connection.deadline = Deadline(milliseconds: 400)
    let error = transportError { try connection.startTLS(settings()) }
    switch (mode, error) {
    case ("silent", .timedOut), ("slow", .timedOut), ("slow", .tls): break
    default: Issue.record("\(String(describing: error))")
    }
    // What is half encrypted is good for nothing.
    #expect(transportError { try connection.write([1]) } == .closed)
  }

  @Test func aConnectionThatIsCutIsNoEnd() throws {
    let server = try TestServer("truncate", certificate: "server")
    let connection = try server.connect()
    try connection.startTLS(settings())
    let reader = LineReader(connection)
    #expect(transportError { _ = try reader.readLine() } == .closed)
  }

  @Test func muchGoesBothWays() throws {
    let server = try TestServer("tls", certificate: "server")
    let connection = try server.connect()
    try connection.startTLS(settings())
    let line = [UInt8](repeating: 0x61, count: 3_000_000) + [0x0A]
    try connection.write(line)
    let answer = try LineReader(connection, lineLimit: 4_000_000).readLine()
    #expect(answer?.count == 3_000_000)
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
