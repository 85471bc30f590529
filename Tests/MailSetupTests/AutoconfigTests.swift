import MailConfiguration
import Testing

@testable import MailSetup

@Suite struct AutoconfigTests {
  static let document = """
    <?xml version="1.0" encoding="UTF-8"?>
    <clientConfig version="1.1">
      <emailProvider id="example.org">
        <domain>example.org</domain>
        <incomingServer type="imap"><hostname>imap.example.org</hostname><port>993</port></incomingServer>
        <outgoingServer type="smtp">
          <hostname>clear.example.org</hostname><port>25</port><socketType>plain</socketType>
        </outgoingServer>
        <outgoingServer type="smtp">
          <hostname> out.%EMAILDOMAIN% </hostname>
          <port>465</port>
          <socketType>SSL</socketType>
          <username>%EMAILLOCALPART%</username>
          <authentication>password-cleartext</authentication>
        </outgoingServer>
        <outgoingServer type="smtp">
          <hostname>out.example.org</hostname><port>587</port><socketType>STARTTLS</socketType>
          <authentication>OAuth2</authentication>
        </outgoingServer>
      </emailProvider>
    </clientConfig>
    """

  private func parse(_ text: String) -> [Proposal] {
    parseAutoconfig(Array(text.utf8), for: "ada@example.org", url: "https://u")
  }

  @Test func theServersForOutgoingMailAreFound() {
    #expect(
      parse(Self.document) == [
        Proposal(source: .autoconfig("https://u"), host: "out.example.org", port: 465, tls: .implicit, user: "ada"),
        Proposal(
          source: .autoconfig("https://u"), host: "out.example.org", port: 587, tls: .starttls,
          user: "ada@example.org", access: .oauth),
      ])
  }

  @Test(arguments: [
    "", "<html><body>Not found</body></html>", "<clientConfig>", "{}",
    "<!DOCTYPE clientConfig [<!ENTITY a \"b\">]>" + document,
    "<clientConfig><emailProvider><outgoingServer type='smtp'><hostname>a b</hostname><port>465</port>"
      + "<socketType>SSL</socketType></outgoingServer></emailProvider></clientConfig>",
    "<clientConfig><emailProvider><outgoingServer type='smtp'><hostname>a</hostname><port>99999</port>"
      + "<socketType>SSL</socketType></outgoingServer></emailProvider></clientConfig>",
    "<clientConfig><emailProvider><outgoingServer type='smtp'><hostname>a</hostname><port>465</port>"
      + "<socketType>SSL</socketType><username>a&#10;b</username></outgoingServer></emailProvider></clientConfig>",
  ])
  func whatIsNoSuchDocumentNamesNone(text: String) { #expect(parse(text).isEmpty) }

  @Test func everyPrefixCanBeRead() {
    let bytes = Array(Self.document.utf8)
    for count in bytes.indices { _ = parseAutoconfig(Array(bytes[..<count]), for: "a@b", url: "u") }
    var changed = bytes
    for index in bytes.indices {
      changed[index] ^= 0x15
      _ = parseAutoconfig(changed, for: "a@b", url: "u")
      changed[index] = bytes[index]
    }
  }

  @Test(arguments: [
    ("%EMAILADDRESS%", "ada@example.org"), ("x-%EMAILLOCALPART%-%EMAILDOMAIN%", "x-ada-example.org"),
    ("%OTHER%", "%OTHER%"), ("100%", "100%"), ("%EMAILADDRESS", "%EMAILADDRESS"), ("a%%EMAILDOMAIN%", "a%example.org"),
  ])
  func placeholdersAreFilled(text: String, result: String) {
    #expect(placeholdersFilled(text, for: "ada@example.org") == result)
  }
}
