import MailConfiguration
import Testing

@testable import MailSetup

@Suite struct ProviderTests {
  @Test func everyProviderCanBeUsed() {
    #expect(Provider.all.count >= 50)
    for provider in Provider.all where provider.access != .none {
      #expect(isHostName(provider.host), "\(provider.name)")
      #expect(provider.tls == (provider.port == 465 ? .implicit : .starttls), "\(provider.name)")
      #expect(!provider.domains.isEmpty || !provider.exchangers.isEmpty, "\(provider.name)")
      #expect(provider.access != .oauth || provider.oauth != nil, "\(provider.name)")
      #expect(provider.access == .password || provider.note != nil, "\(provider.name)")
      for endpoint in [provider.oauth?.authorization, provider.oauth?.token, provider.oauth?.device] {
        #expect(endpoint?.hasPrefix("https://") ?? true, "\(provider.name)")
      }
    }
  }

  @Test func aNameAndADomainBelongToOneProvider() {
    #expect(Set(Provider.all.map { $0.name.lowercased() }).count == Provider.all.count)
    let domains = Provider.all.flatMap(\.domains)
    #expect(Set(domains).count == domains.count)
    #expect(domains.allSatisfy { $0 == $0.lowercased() && isHostName($0) })
  }

  @Test(arguments: [
    ("gmail.com", "Gmail", "smtp.gmail.com", 465), ("GoogleMail.com", "Gmail", "smtp.gmail.com", 465),
    ("hotmail.fr", "Outlook.com", "smtp-mail.outlook.com", 587), ("me.com", "iCloud", "smtp.mail.me.com", 587),
    ("gmx.de", "GMX", "mail.gmx.net", 465), ("posteo.de", "Posteo", "posteo.de", 465),
  ])
  func aDomainHasItsProvider(domain: String, name: String, host: String, port: Int) throws {
    let provider = try #require(Provider.of(domain: domain))
    #expect((provider.name, provider.host, provider.port) == (name, host, port))
  }

  @Test(arguments: [
    ("aspmx.l.google.com.", "Gmail"), ("example-org.mail.protection.outlook.com", "Microsoft 365"),
    ("hotmail-com.olc.protection.outlook.com", "Outlook.com"), ("in1-smtp.messagingengine.com", "Fastmail"),
    ("spool.mail.gandi.net", "Gandi"), ("mx00.kundenserver.de", "IONOS"),
  ])
  func aMailExchangerHasItsProvider(host: String, name: String) {
    #expect(Provider.of(exchanger: host)?.name == name)
  }

  @Test func otherDomainsHaveNone() {
    #expect(Provider.of(domain: "example.org") == nil)
    #expect(Provider.of(exchanger: "notgoogle.com") == nil)
    #expect(Provider.of(exchanger: "google.com.example.org") == nil)
  }

  @Test func theNameToLogInWithIsAsTheProviderWantsIt() {
    #expect(Provider.named("free")?.user(for: "ada@free.fr") == "ada")
    #expect(Provider.named("GMAIL.com")?.user(for: "ada@gmail.com") == "ada@gmail.com")
  }
}
