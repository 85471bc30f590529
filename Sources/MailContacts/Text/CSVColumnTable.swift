/// What a column of a CSV file holds.
enum CSVColumn: Hashable {
  case name, given, additional, family, prefix, suffix, nickname, organisation, title, note, birthday, url, uid
  case email(String)
  case phone(String)
  /// The kind of the addresses or numbers in the columns that follow.
  case emailLabel, phoneLabel
  /// A part of a postal address: which, and of which kind of address.
  case postal(Int, String)
  case category
  /// Known, and of no use.
  case ignored
}

/// The columns by the name that address books give them, folded and without anything but letters: `E-mail 2 - Value` is
/// `emailvalue`. Those of Google, Outlook, Thunderbird, Yahoo, Apple, Nextcloud, abook and of ourselves; the most usual ones in
/// French, German, Dutch, Spanish and Italian too.
let csvColumnTable: [String: CSVColumn] = {
  var table: [String: CSVColumn] = [:]
  func add(_ column: CSVColumn, _ names: String) {
    for name in names.split(separator: " ") { table[String(name)] = column }
  }
  add(
    .name,
    "name fullname displayname formattedname fileas nomcomplet nomaffiche anzeigename weergavenaam nombrecompleto nomecompleto"
  )
  add(.given, "firstname givenname first prenom vorname voornaam nombre nome forename")
  add(.additional, "middlename additionalname additionalnames middle deuxiemeprenom weiterervorname middelstenaam")
  add(.family, "lastname familyname surname last nom nomdefamille nachname achternaam apellido apellidos cognome")
  add(.prefix, "nameprefix prefix honorificprefix civilite anrede")
  add(.suffix, "namesuffix suffix honorificsuffix suffixe")
  add(.nickname, "nickname nick alias surnom spitzname bijnaam")
  add(
    .organisation,
    "organization organisation organizationname organisationname company companyname org societe entreprise firma bedrijf empresa azienda"
  )
  add(.title, "jobtitle organizationtitle organisationtitle position function fonction beruf functie cargo")
  add(.note, "notes note comments comment remarques notizen notities notas")
  add(.birthday, "birthday birthdate dateofbirth anniversaire datedenaissance geburtstag verjaardag")
  add(.url, "webpage website websitevalue url homepage businesshomepage personalwebpage pageweb webseite web")
  add(.uid, "uid")
  add(
    .email(""),
    "email emailaddress emailvalue mail address primaryemail secondaryemail additionalemail emails alternateemail adressedemessagerie adressemail adresseemail courriel emailadresse emailadres correoelectronico indirizzoemail emailprimary emailsecondary"
  )
  add(.email("home"), "homeemail personalemail emailhome emailpersonal")
  add(.email("work"), "workemail businessemail emailwork")
  add(.emailLabel, "emailtype emaillabel")
  add(
    .phone(""),
    "phone phonevalue telephone phonenumber primaryphone otherphone companymainphone tel telefon telefoon telefono assistantsphone callback radiophone isdn"
  )
  add(.phone("home"), "homephone home phonehome telephonedomicile telephonepersonnel telefonprivat")
  add(
    .phone("work"), "businessphone workphone work phonework telephonebureau telephoneprofessionnel telefongeschaftlich")
  add(
    .phone("cell"),
    "mobilephone mobile mobilenumber cellphone cell phonemobile phonecell telmobile telephonemobile mobiltelefon gsm mobiel"
  )
  add(.phone("fax"), "fax faxnumber otherfax telecopie")
  add(.phone("fax,work"), "businessfax workfax telecopiebureau")
  add(.phone("fax,home"), "homefax telecopiedomicile")
  add(.phone("pager"), "pager pagernumber")
  add(.phoneLabel, "phonetype phonelabel")
  for (kind, prefixes) in [("home", ["home"]), ("work", ["business", "work"]), ("", ["", "other", "address"])] {
    for prefix in prefixes {
      for (part, names) in [
        (2, ["street", "streetaddress", "addressline", "line"]), (3, ["city", "town"]),
        (4, ["state", "province", "region"]),
        (5, ["postalcode", "zip", "zipcode", "postcode"]), (6, ["country", "countryregion"]), (0, ["pobox"]),
        (1, ["extendedaddress"]),
      ] {
        for name in names where !(prefix.isEmpty && name == "line") {
          table[prefix + name] = .postal(part, kind)
        }
      }
    }
  }
  table["homeaddress"] = .postal(2, "home")
  table["workaddress"] = .postal(2, "work")
  add(.category, "categories category labels groupmembership groups")
  add(
    .ignored,
    "gender photo language location mileage priority private sensitivity subject initials shortname maidenname "
      + "emaildisplayname emailtype emaildisplay addresstype addresslabel addressformatted organizationtype websitetype "
      + "websitelabel yominame givennameyomi familynameyomi additionalnameyomi phoneticfirstname phoneticmiddlename "
      + "phoneticlastname screenname birthyear birthmonth birthday")
  // The last line knows some words in another meaning.
  add(.emailLabel, "emailtype")
  add(.birthday, "birthday")
  return table
}()
