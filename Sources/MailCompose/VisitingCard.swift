internal import MailConfiguration
public import MailMIME

/// A visiting card that says what is known of `choice`: name, address, organisation. RFC 2426.
public func visitingCard(of choice: Identities.Choice) -> BodyPart {
  let name = choice.identity.name.map(oneLine) ?? choice.address
  // The last word is the family name as far as anybody can guess; programs show FN.
  let words = name.split(separator: " ").map(String.init)
  let family = words.last ?? name
  let given = words.dropLast().joined(separator: " ")
  var lines = ["BEGIN:VCARD", "VERSION:3.0", "FN:\(cardText(name))", "N:\(cardText(family));\(cardText(given));;;"]
  lines.append("EMAIL;TYPE=INTERNET:\(cardText(choice.address))")
  if let organization = choice.identity.organization { lines.append("ORG:\(cardText(oneLine(organization)))") }
  lines.append("END:VCARD")
  var fileName = ""
  for character in name { fileName.append(character == "/" || character == "\\" ? "-" : character) }
  let bytes = Array(lines.map { $0 + "\r\n" }.joined().utf8)
  return .attachment(
    bytes, type: ContentType("text", "vcard", parameters: [("charset", "utf-8")]), filename: "\(fileName).vcf")
}

/// `text` as a value of a card. RFC 2426, section 4.
private func cardText(_ text: String) -> String {
  var output = ""
  for character in text {
    if character == "\\" || character == "," || character == ";" { output.append("\\") }
    output.append(character)
  }
  return output
}
