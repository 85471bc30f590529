import MailTransport
import Testing

@Suite(.enabled(if: Fixture.canServe)) struct ProxyTests {
  @Test(arguments: ["mail.example", "bücher.example", "127.0.0.1"])
  func theProxyLooksTheNameUp(host: String) throws {
    let server = try TestServer("echo")
    let proxy = try TestServer("socks")
    let connection = try Connection.open(
      host: host, port: server.port, proxy: Proxy(host: "localhost", port: proxy.port))
    #expect(try ask("hello", connection) == "hello")
  }

  @Test func encryptionGoesThroughTheProxyToTheServer() throws {
    let server = try TestServer("tls", certificate: "server")
    let proxy = try TestServer("socks")
    let connection = try Connection.open(
      host: "a.wild.example", port: server.port, proxy: Proxy(host: "localhost", port: proxy.port))
    try connection.startTLS(TLSSettings(hostName: "a.wild.example", caFile: Authority.shared.path("ca.pem")))
    #expect(try ask("hello", connection) == "hello")
  }

  @Test func aUserAndAPasswordAreShownToTheProxy() throws {
    let server = try TestServer("echo")
    let proxy = try TestServer("socks", "user=me", "password=geheim: é")
    func open(_ user: String?, _ password: String?) throws -> Connection {
      try Connection.open(
        host: "127.0.0.1", port: server.port,
        proxy: Proxy(host: "127.0.0.1", port: proxy.port, user: user, password: password))
    }
    #expect(try ask("hello", try open("me", "geheim: é")) == "hello")
    #expect(
      transportError { _ = try open("me", "wrong") }
        == .proxy("it refuses the user name or password", isTemporary: false))
    #expect(
      transportError { _ = try open(nil, nil) } == .proxy("it wants a user name and a password", isTemporary: false))
    guard case .settings = transportError({ _ = try open(String(repeating: "x", count: 256), "") }) else {
      Issue.record("a name that is too long was sent")
      return
    }
  }

  @Test func whatTheProxyRefusesIsSaid() throws {
    let proxy = try TestServer("socks")
    let error = transportError {
      _ = try Connection.open(host: "refused.example", port: 25, proxy: Proxy(host: "127.0.0.1", port: proxy.port))
    }
    #expect(
      error == .proxy("no connection to refused.example, port 25: the connection was refused", isTemporary: true))
  }

  @Test(arguments: ["silent", "slow", "cut", "flood"]) func aProxyThatMisbehavesEndsInTime(mode: String) throws {
    let server = try TestServer(mode)
    let error = transportError {
      _ = try Connection.open(
        host: "mail.example", port: 25, proxy: Proxy(host: "127.0.0.1", port: server.port), within: 500)
    }
    switch (mode, error) {
    case ("silent", .timedOut), ("cut", .proxy(_, isTemporary: true)), ("slow", .proxy(_, isTemporary: false)),
      ("flood", .proxy(_, isTemporary: false)):
      break
    default: Issue.record("\(String(describing: error))")
    }
  }

  @Test func noProxyThereIsAnErrorOfTheProxy() throws {
    let port = try TestServer("echo").port
    let error = transportError {
      _ = try Connection.open(host: "mail.example", port: 25, proxy: Proxy(host: "127.0.0.1", port: port))
    }
    guard case .proxy(let reason, isTemporary: true) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason == "can't connect to 127.0.0.1, port \(port): connection refused")
  }

  @Test func addressesOfProxiesAreRead() {
    #expect(Proxy(url: "socks5://proxy.example:9050") == Proxy(host: "proxy.example", port: 9050))
    #expect(Proxy(url: "SOCKS5H://proxy.example/") == Proxy(host: "proxy.example", port: 1080))
    #expect(
      Proxy(url: "socks5://me:p%40ss%3A:x@[::1]:9") == Proxy(host: "[::1]", port: 9, user: "me", password: "p@ss::x"))
    #expect(Proxy(url: "socks5://[::1]") == Proxy(host: "[::1]", port: 1080))
    #expect(Proxy(url: "socks5://me@h") == Proxy(host: "h", port: 1080, user: "me"))
    #expect(Proxy(url: "socks5://::1") == Proxy(host: "::1", port: 1080))
    for wrong in [
      "", "proxy.example", "http://h:1", "socks4://h", "socks5://", "socks5://h:0", "socks5://h:70000", "socks5://h:",
      "socks5://h:x", "socks5://@h", "socks5://a%zz@h", "socks5://%ff@h", "socks5://:9",
    ] {
      #expect(Proxy(url: wrong) == nil, "\(wrong)")
    }
  }

  @Test func thePasswordIsNeverPrinted() {
    let proxy = Proxy(host: "h", port: 1, user: "me", password: "geheim")
    #expect("\(proxy)" == "socks5://me@h:1")
    var dumped = ""
    dump(proxy, to: &dumped)
    #expect(!"\(proxy) \(String(reflecting: proxy)) \(dumped)".contains("geheim"))
  }
}
