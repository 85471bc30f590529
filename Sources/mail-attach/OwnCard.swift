import MailAttachments
import MailCommand
import MailConfiguration
import MailContacts
import MailMIME
import MailSystem

/// The card of whoever `message` is from: the file that the configuration names, else one made of what it says.
func ownCard(of message: Message, _ configuration: Configuration) throws -> NewPart {
  let address = message.headers.addresses("From").first?.address ?? ""
  guard let identity = configuration.identity(for: address) ?? (address.isEmpty ? configuration.identities.first : nil)
  else {
    throw Failure(
      .configuration, address.isEmpty ? "there is no identity" : "\(address): no such identity",
      hint: "[[identity]] in the configuration says who you are. A card can be attached as a file, too.")
  }
  if let path = identity.card { return NewPart(.file(expandTilde(path, home: userHome())), type: "text/vcard") }
  let name = identity.name ?? identity.address
  let words = name.split(separator: " ").map(String.init)
  let parts = [words.last ?? name, words.dropLast().joined(separator: " "), "", "", ""]
  var properties: [VCard.Property] = [
    .init("FN", VCardText.encoded(name)), .init("N", VCardText.encoded(parts)),
  ]
  if let organization = identity.organization { properties.append(.init("ORG", VCardText.encoded([organization]))) }
  // The address that this message is from stands first.
  let addresses =
    [address].filter { !$0.isEmpty } + identity.addresses.filter { $0.lowercased() != address.lowercased() }
  for address in addresses {
    properties.append(.init("EMAIL", VCardText.encoded(address), parameters: [.init("TYPE", ["INTERNET"])]))
  }
  return NewPart(
    .bytes(VCard(properties).encoded(as: .three)), name: "\(name).vcf", type: "text/vcard")
}
