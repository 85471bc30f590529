import Testing

@testable import MailContacts

@Suite struct CSVTests {
  private func rows(_ text: String) -> [[String]] { parseCSV(Array(text.utf8)).rows.map { $0.fields } }

  @Test func fieldsAreReadAsTheStandardSays() {
    #expect(
      rows("a,b\r\n\"x,y\",\"q\"\"r\"\r\n\"two\r\nlines\",\r\n") == [
        ["a", "b"], ["x,y", "q\"r"], ["two\nlines", ""],
      ])
    #expect(rows("a;b\nc;d") == [["a", "b"], ["c", "d"]])
    #expect(rows("a\tb\rc\td\r") == [["a", "b"], ["c", "d"]])
    #expect(rows("sep=;\r\na;b,c\r\n") == [["a", "b,c"]])
    #expect(rows("\u{FEFF}\"a\"x , b\n\n,\n") == [["ax", " b"]])
    #expect(rows("").isEmpty)
  }

  @Test func linesAreCountedAlsoInsideQuotes() {
    let table = parseCSV(Array("a,b\n\"1\n2\",x\ny,\"z".utf8))
    #expect(table.rows.map { $0.line } == [1, 2, 4])
    #expect(table.defects.count == 1)
  }

  @Test func noFieldBecomesAFormula() {
    #expect(CSVWriter.line(["=1+1", "@x", "-1", "+cmd|x", "\t=x"]) == "'=1+1,'@x,'-1,'+cmd|x,'\t=x\r\n")
    #expect(CSVWriter.line(["+33 6 12 34 56 78", "a=b", "'x"]) == "+33 6 12 34 56 78,a=b,'x\r\n")
    #expect(CSVWriter.line(["=HYPERLINK(\"x\",1)"]) == "\"'=HYPERLINK(\"\"x\"\",1)\"\r\n")
    #expect(CSVWriter.unprotected("'=1+1") == "=1+1")
    #expect(CSVWriter.unprotected("'tis") == "'tis")
  }

  static let tables = [
    // Google, today and before
    "First Name,Middle Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\nAda,,Lovelace,Engines,* myContacts,* Work,ada@example.org,Mobile,+33 612345678",
    "Name,Given Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Name\nAda Lovelace,Ada,Lovelace,* Work,ada@example.org,Mobile,+33 612345678,Engines",
    // Outlook, English and French
    "\"First Name\",\"Last Name\",\"Company\",\"Mobile Phone\",\"E-mail Address\",\"E-mail Display Name\"\r\n\"Ada\",\"Lovelace\",\"Engines\",\"+33 612345678\",\"ada@example.org\",\"Ada\"\r\n",
    "Prénom;Nom;Société;Tél. mobile;Adresse de messagerie\r\nAda;Lovelace;Engines;+33 612345678;ada@example.org\r\n",
    // Thunderbird, Yahoo, German
    "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Mobile Number,Organization\nAda,Lovelace,Ada Lovelace,,ada@example.org,,+33 612345678,Engines",
    "First,Last,Email,Mobile,Company\nAda,Lovelace,ada@example.org,+33 612345678,Engines",
    "Vorname,Nachname,E-Mail-Adresse,Mobiltelefon,Firma\nAda,Lovelace,ada@example.org,+33 612345678,Engines",
  ]

  @Test(arguments: tables)
  func theTablesOfTheLargeAddressBooksAreUnderstood(_ text: String) throws {
    let file = try ContactFile(Array(text.utf8))
    #expect(file.format == .csv)
    let contact = try #require(file.contacts.first)
    #expect(contact.name == "Ada Lovelace")
    #expect(contact.parts.family == "Lovelace")
    #expect(contact.emails.map { $0.value } == ["ada@example.org"])
    #expect(contact.phones == [Contact.Labelled("+33 612345678", label: "cell")])
    #expect(contact.organisation == "Engines")
    #expect(file.defects == [])
  }

  @Test func unknownColumnsAreNamedAndEmptyRowsPassedOver() throws {
    let file = try ContactFile(Array("Name,Email,Shoe Size\nAda,ada@example.org,38\n,,40\nBen,nonsense,".utf8))
    #expect(file.contacts.map { $0.name } == ["Ada", "Ben"])
    #expect(file.contacts[1].note == "nonsense")
    #expect(file.defects.map { $0.line } == [1, 3])
  }

  @Test func aTableWithoutAHeaderIsReadWhereItHasAddresses() throws {
    let file = try ContactFile(Array("Ada Lovelace,ada@example.org\nBen,ben@example.org\n".utf8))
    #expect(file.contacts.map { $0.name } == ["Ada Lovelace", "Ben"])
    #expect(throws: ContactError.self) { try ContactFile(Array("x,y\n1,2\n".utf8)) }
    #expect(throws: ContactError.self) { try ContactFile([]) }
    #expect(throws: ContactError.self) { try ContactFile([0, 1, 2, 255]) }
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    var contact = Contact(name: "=Ada, \"x\"", emails: ["a@example.org", "b@example.org"])
    contact.phones = [Contact.Labelled("+33612345678", label: "cell")]
    contact.note = "two\nlines"
    contact.organisation = "-Org"
    var text = ""
    try ContactBook.csv([contact, Contact(name: "B")]) { text += $0 }
    let file = try ContactFile(Array(text.utf8))
    #expect(file.contacts.count == 2)
    #expect(file.contacts[0].name == contact.name)
    #expect(file.contacts[0].emails == contact.emails)
    #expect(file.contacts[0].phones == contact.phones)
    #expect(file.contacts[0].note == contact.note)
    #expect(file.contacts[0].organisation == contact.organisation)
  }

  @Test func theBooksOfOtherMailProgramsAreRead() throws {
    let abook = """
      # abook addressbook file

      [format]
      program=abook
      version=0.6.1

      [0]
      name=Ada Lovelace
      email=ada@example.org,work@example.org
      mobile=+33612345678
      nick=ada

      [1]
      name=Ben
      """
    let file = try ContactFile(Array(abook.utf8))
    #expect(file.format == .abook)
    #expect(file.contacts.map { $0.name } == ["Ada Lovelace", "Ben"])
    #expect(file.contacts[0].emails.count == 2)
    let aliases =
      "# mine\nalias ada Ada Lovelace <ada@example.org> # a friend\nalias -group g both ada@example.org, \\\n ben@example.org\n"
    let muttFile = try ContactFile(Array(aliases.utf8))
    #expect(muttFile.format == .aliases)
    #expect(muttFile.contacts.map { $0.name } == ["Ada Lovelace"])
    #expect(muttFile.contacts[0].nickname == "ada")
    #expect(muttFile.lists.map { $0.members.count } == [2])
  }
}
