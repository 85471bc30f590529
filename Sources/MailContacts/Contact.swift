/// Somebody in an address book: a vCard, and views of what is in it.
///
/// Changing a view changes the properties that it is made of and leaves all others as they are.
public struct Contact: Sendable, Hashable {
  /// Its number in its book; 0 until it is stored.
  public internal(set) var id: Int64 = 0
  /// The name of the group whose book it is in; empty for the private one.
  public internal(set) var book = ""
  /// When it was stored, in seconds since 1970.
  public internal(set) var changed: Int64 = 0
  public var card: VCard

  public init(_ card: VCard = VCard()) { self.card = card }

  /// A contact of this name with these addresses.
  public init(name: String, emails: [String] = []) {
    self.init()
    self.name = name
    self.emails = emails.map { Labelled($0) }
  }

  /// A value of which there may be several, and what it is for.
  public struct Labelled: Sendable, Hashable {
    public var value: String
    /// `work`, `home`, `cell`; in small letters, several joined by commas; empty for none.
    public var label: String

    public init(_ value: String, label: String = "") {
      self.value = value
      self.label = label
    }
  }

  /// The parts of a name. RFC 6350, section 6.2.2.
  public struct NameParts: Sendable, Hashable {
    public var family = ""
    public var given = ""
    public var additional = ""
    public var prefixes = ""
    public var suffixes = ""

    public init() {}

    /// The parts in the order in which they are said.
    public var joined: String {
      [prefixes, given, additional, family, suffixes].filter { !$0.isEmpty }.joined(separator: " ")
    }
  }

  // MARK: One of each

  /// What identifies the contact wherever it is copied to.
  public var uid: String {
    get { text("UID") }
    set { set("UID", newValue) }
  }

  /// The name as it is shown; made of the other properties where the card has none.
  public var name: String {
    get {
      let formatted = text("FN")
      if !formatted.isEmpty { return formatted }
      let parts = parts.joined
      if !parts.isEmpty { return parts }
      return [text("NICKNAME"), organisation, emails.first?.value ?? "", phones.first?.value ?? ""]
        .first { !$0.isEmpty } ?? ""
    }
    set { set("FN", newValue) }
  }

  public var parts: NameParts {
    get {
      var parts = NameParts()
      guard let fields = card.first("N")?.components else { return parts }
      func field(_ index: Int) -> String { index < fields.count ? trimmed(fields[index]) : "" }
      parts.family = field(0)
      parts.given = field(1)
      parts.additional = field(2)
      parts.prefixes = field(3)
      parts.suffixes = field(4)
      return parts
    }
    set {
      let fields = [newValue.family, newValue.given, newValue.additional, newValue.prefixes, newValue.suffixes]
      setRaw("N", fields.allSatisfy { $0.isEmpty } ? "" : VCardText.encoded(fields))
    }
  }

  public var organisation: String {
    get { card.first("ORG")?.components.filter { !$0.isEmpty }.joined(separator: ", ") ?? "" }
    set { if newValue != organisation { setRaw("ORG", newValue.isEmpty ? "" : VCardText.encoded([newValue])) } }
  }

  public var title: String {
    get { text("TITLE") }
    set { set("TITLE", newValue) }
  }

  public var note: String {
    get { card.all("NOTE").map { $0.text }.joined(separator: "\n") }
    set { if newValue != note { replaceAll("NOTE", with: newValue.isEmpty ? [] : [VCardText.encoded(newValue)]) } }
  }

  public var nickname: String {
    get { text("NICKNAME") }
    set { set("NICKNAME", newValue) }
  }

  /// As the card has it: `1815-12-10`, `--1210`, or anything.
  public var birthday: String {
    get { text("BDAY") }
    set { set("BDAY", newValue) }
  }

  // MARK: Several of each

  /// Mail addresses, the preferred one first.
  public var emails: [Labelled] {
    get { labelled("EMAIL") { mailAddress($0.text) } }
    set { setLabelled("EMAIL", newValue) { mailAddress($0.text) } }
  }

  /// Telephone and fax numbers, as people read them.
  public var phones: [Labelled] {
    get { labelled("TEL") { trimmed(Phone.number(of: $0)) } }
    set { setLabelled("TEL", newValue) { trimmed(Phone.number(of: $0)) } }
  }

  public var urls: [Labelled] {
    get { labelled("URL") { trimmed($0.text) } }
    set { setLabelled("URL", newValue) { trimmed($0.text) } }
  }

  /// Postal addresses, each in one line.
  public var postalAddresses: [Labelled] {
    card.all("ADR").map { property in
      let parts = property.components.map { trimmed($0) }.filter { !$0.isEmpty }
      return Labelled(parts.joined(separator: ", "), label: label(of: property))
    }
    .filter { !$0.value.isEmpty }
  }

  /// Everything that reaches the contact, in the order of the book: mail addresses, then numbers.
  public var members: [Member] {
    let name = name
    return emails.map { Member(.mail, $0.value, name: name) }
      + phones.compactMap { phone in
        guard let number = Phone.plain(phone.value) else { return nil }
        return Member(phone.isFax ? .fax : .sms, number, name: name)
      }
  }

  // MARK: How

  private func text(_ name: String) -> String { card.first(name).map { trimmed($0.text) } ?? "" }

  private mutating func set(_ name: String, _ text: String) {
    if text != self.text(name) { setRaw(name, VCardText.encoded(text)) }
  }

  /// Gives the preferred property called `name` another value, or takes all of them away.
  private mutating func setRaw(_ name: String, _ value: String) {
    guard !value.isEmpty else { return replaceAll(name, with: []) }
    let preferred = card.first(name)
    if let index = card.properties.firstIndex(where: { $0.name == name && $0 == preferred }) {
      card.properties[index].value = value
    } else {
      card.properties.append(VCard.Property(name, value))
    }
  }

  private mutating func replaceAll(_ name: String, with values: [String]) {
    card.properties.removeAll { $0.name == name }
    card.properties += values.map { VCard.Property(name, $0) }
  }

  private func labelled(_ name: String, _ value: (VCard.Property) -> String) -> [Labelled] {
    card.all(name).compactMap { property in
      let value = value(property)
      return value.isEmpty ? nil : Labelled(value, label: label(of: property))
    }
  }

  /// What the types say, or the label that address books of telephones write beside a property.
  private func label(of property: VCard.Property) -> String {
    let types = property.types.filter { !["internet", "voice", "pref", "x400"].contains($0) }
    guard types.isEmpty, let group = property.group else { return types.joined(separator: ",") }
    let own = card.properties.first { $0.name == "X-ABLABEL" && $0.group == group }?.text ?? ""
    // "_$!<Work>!$_" is a word that the telephone translates.
    guard own.hasPrefix("_$!<"), own.hasSuffix(">!$_") else { return own }
    return String(own.dropFirst(4).dropLast(4)).lowercased()
  }

  /// Keeps the properties whose value and label stay, adds the new ones, drops the others.
  private mutating func setLabelled(
    _ name: String, _ values: [Labelled], _ value: (VCard.Property) -> String
  ) {
    var old = card.all(name)
    let place = card.properties.firstIndex { $0.name == name } ?? card.properties.endIndex
    var new: [VCard.Property] = []
    for wanted in values where !wanted.value.isEmpty {
      if let index = old.firstIndex(where: { value($0) == wanted.value }) {
        var property = old.remove(at: index)
        if label(of: property) != wanted.label { setLabel(wanted.label, of: &property) }
        new.append(property)
      } else {
        var property = VCard.Property(name, VCardText.encoded(wanted.value))
        setLabel(wanted.label, of: &property)
        new.append(property)
      }
    }
    // The order says which one is preferred.
    if new.count > 1, new.first?.preference != nil || new.contains(where: { $0.preference != nil }) {
      for index in new.indices { new[index].parameters.removeAll { $0.name == "PREF" } }
      new[0].parameters.append(VCard.Parameter("PREF", ["1"]))
    }
    let before = card.properties[..<place].count { $0.name != name }
    card.properties.removeAll { $0.name == name }
    card.properties.insert(contentsOf: new, at: min(before, card.properties.count))
  }

  private func setLabel(_ label: String, of property: inout VCard.Property) {
    property.parameters.removeAll { $0.name == "TYPE" }
    let types = label.split(separator: ",").map { String($0).lowercased() }
    if !types.isEmpty { property.parameters.append(VCard.Parameter("TYPE", types)) }
  }
}

extension Contact.Labelled {
  /// The label says that a fax answers.
  public var isFax: Bool { label.lowercased().split(separator: ",").contains { $0 == "fax" } }
}
