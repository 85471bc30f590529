/// The tables of an address book: those of the private one are part of `state.db`, a group's are a database of their own.
public enum ContactTables {
  /// What an address book holds.
  ///
  /// `contact.card` is the truth (vCard 4.0); names, addresses and words are made of it whenever it changes.
  /// `contact_address.kind` is 0 for mail, 1 for a telephone, 2 for a fax; `key` is what makes two of them equal.
  /// `contact_word` has what a person may begin to type, folded: `position` is that of the address it belongs to, and 0 where
  /// it belongs to all of them (addresses count from 1). `contact_list_member.contact` is NULL for members that aren't in
  /// the book.
  public static let book = """
    CREATE TABLE contact(
      id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, key TEXT NOT NULL, organisation TEXT NOT NULL,
      changed INTEGER NOT NULL, card TEXT NOT NULL);
    CREATE INDEX contact_key ON contact(key);
    CREATE TABLE contact_address(
      contact INTEGER NOT NULL, position INTEGER NOT NULL, kind INTEGER NOT NULL, value TEXT NOT NULL, key TEXT NOT NULL,
      label TEXT NOT NULL, PRIMARY KEY(contact, position)) WITHOUT ROWID;
    CREATE INDEX contact_address_key ON contact_address(key);
    CREATE TABLE contact_word(
      word TEXT NOT NULL, contact INTEGER NOT NULL, position INTEGER NOT NULL,
      PRIMARY KEY(word, contact, position)) WITHOUT ROWID;
    CREATE INDEX contact_word_contact ON contact_word(contact);
    CREATE TABLE contact_list(
      id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
      editors TEXT NOT NULL, changed INTEGER NOT NULL);
    CREATE TABLE contact_list_member(
      list INTEGER NOT NULL, position INTEGER NOT NULL, kind INTEGER NOT NULL, value TEXT NOT NULL, key TEXT NOT NULL,
      name TEXT NOT NULL, contact INTEGER, PRIMARY KEY(list, position), UNIQUE(list, kind, key)) WITHOUT ROWID;
    CREATE INDEX contact_list_member_contact ON contact_list_member(contact) WHERE contact IS NOT NULL;
    """

  /// Whom the owner of the store has written to or heard from, whether they are contacts or not.
  ///
  /// `score` is a moment in seconds since 1970, moved into the future by each use (`UseScore` in MailContacts): it never has
  /// to be aged. `is_hidden` keeps an address that the user doesn't want to be offered.
  static let known = """
    CREATE TABLE known_address(
      id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, address TEXT NOT NULL, name TEXT NOT NULL, score REAL NOT NULL,
      sent INTEGER NOT NULL, received INTEGER NOT NULL, last INTEGER NOT NULL, is_hidden INTEGER NOT NULL DEFAULT 0);
    CREATE INDEX known_address_score ON known_address(score);
    CREATE TABLE known_word(
      word TEXT NOT NULL, address INTEGER NOT NULL, PRIMARY KEY(word, address)) WITHOUT ROWID;
    CREATE INDEX known_word_address ON known_word(address);
    """
}
