// A table of contacts: what was read is written without a formula in it, and what was written is read as the same.
// With: Sources/MailContacts/VCard/*.swift Sources/MailContacts/Contact.swift Sources/MailContacts/Member.swift
// With: Sources/MailContacts/Phone.swift Sources/MailContacts/Folding*.swift Sources/MailContacts/MailAddressText.swift
// With: Sources/MailContacts/Text/CSV*.swift Sources/MailContacts/Text/Contact+CSV.swift
import MailBytes
import MailMIME

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCSV(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let table = parseCSV(Array(UnsafeBufferPointer(start: data, count: count)))
  var total = table.defects.count
  guard let header = table.rows.first else { return 0 }
  var contacts: [Contact] = []
  if let reader = CSVReader(header: header.fields) { contacts = table.rows.compactMap { reader.contact($0.fields) } }
  for contact in contacts { total += contact.members.count }
  let form = CSVTable(contacts)
  for contact in contacts.prefix(20) { total += CSVWriter.line(form.row(contact)).utf8.count }
  for row in table.rows where row.fields.count < 100 {
    let fields = ["x"] + row.fields + ["y"]
    let again = parseCSV(Array(("a,b,c\r\n" + CSVWriter.line(fields)).utf8)).rows
    precondition(again.count == 2 && again[1].fields.count == fields.count)
    for (field, old) in zip(again[1].fields, fields) {
      precondition(!CSVWriter.isFormula(field))
      precondition(field == old || field == "'" + old)
    }
  }
  return total < 0 ? 1 : 0
}
