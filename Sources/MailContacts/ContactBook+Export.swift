extension ContactBook {
  /// Contacts and lists as a file of vCards: the contacts first, then for each list a card of KIND:group.
  public func vCards(
    _ contacts: [Contact], lists: [RecipientList], version: VCard.Version, body: ([UInt8]) throws -> Void
  ) throws {
    for contact in contacts {
      var card = contact.card
      if !contact.uid.isEmpty, card.first("UID") == nil { card.properties.append(VCard.Property("UID", contact.uid)) }
      // QUIRK: what was no address when it came in is given back as it was.
      for index in card.properties.indices where card.properties[index].name == "X-POSTBAG-EMAIL" {
        card.properties[index].name = "EMAIL"
      }
      try body(card.encoded(as: version))
    }
    for list in lists { try body(card(of: list).encoded(as: version)) }
  }

  /// A list as a card. RFC 6350, section 6.1.4.
  private func card(of list: RecipientList) throws -> VCard {
    var card = VCard([VCard.Property("KIND", "group"), VCard.Property("FN", VCardText.encoded(list.name))])
    for member in try members(ofList: list.reference) {
      let owner = try contacts(member.value, in: list.book.isEmpty ? "private" : list.book, isLoose: false).first
      let isPreferred = owner?.members.first.map { key(of: $0) == key(of: member) } ?? false
      let uri =
        switch member.channel {
        case .mail: "mailto:\(member.value)"
        case .sms: "tel:\(member.value)"
        case .fax: "fax:\(member.value)"
        }
      card.properties.append(VCard.Property("MEMBER", isPreferred ? owner?.uid ?? uri : uri))
    }
    return card
  }

  /// Contacts as comma-separated values with a header that the large address books know.
  public static func csv(_ contacts: [Contact], body: (String) throws -> Void) throws {
    let table = CSVTable(contacts)
    try body(CSVWriter.line(table.header))
    for contact in contacts { try body(CSVWriter.line(table.row(contact))) }
  }

  /// The members of a list as comma-separated values: each in the column of its kind.
  public static func csv(members: [Member], body: (String) throws -> Void) throws {
    try body(CSVWriter.line(["Name", "E-mail Address", "Mobile Phone", "Fax Number"]))
    for member in members {
      try body(
        CSVWriter.line([
          member.name, member.channel == .mail ? member.value : "", member.channel == .sms ? member.value : "",
          member.channel == .fax ? member.value : "",
        ]))
    }
  }
}
