// What every command needs to show text to people.
@_exported public import func MailBytes.clean
@_exported public import func MailBytes.cleanLines
@_exported public import func MailBytes.displayWidth
@_exported public import func MailBytes.sizeText
