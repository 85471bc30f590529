/// The words of `is:` and `has:`, and the short names of `type:`.
enum FieldValueTable {
  /// What `is:` understands. False: the state must not be.
  static let states: [String: (MessageState, Bool)] = [
    "unread": (.unread, true), "unseen": (.unread, true), "new": (.unread, true),
    "read": (.unread, false), "seen": (.unread, false),
    "flagged": (.flagged, true), "starred": (.flagged, true), "unflagged": (.flagged, false),
    "answered": (.answered, true), "replied": (.answered, true), "unanswered": (.answered, false),
    "forwarded": (.forwarded, true), "passed": (.forwarded, true), "draft": (.draft, true),
    "list": (.list, true), "signed": (.signed, true), "encrypted": (.encrypted, true),
    "high": (.highPriority, true), "important": (.highPriority, true), "low": (.lowPriority, true),
    "tagged": (.tag, true), "untagged": (.tag, false), "commented": (.comment, true), "trashed": (.trashed, true),
  ]

  static let statesExpected = """
    unread, read, flagged, answered, forwarded, draft, list, signed, encrypted, high, low, tagged or commented
    """

  /// What `has:` understands.
  static let possessions: [String: MessageState] = [
    "attachment": .attachment, "attachments": .attachment, "comment": .comment, "tag": .tag, "tags": .tag,
    "flag": .flagged,
  ]

  static let possessionsExpected = "attachment, comment or tag"

  /// Media types that stand alone before the slash.
  static let topLevelTypes: Set<String> = [
    "application", "audio", "font", "image", "message", "model", "multipart", "text", "video",
  ]

  /// The media types that people mean by a short name.
  static let typeNames: [String: [String]] = [
    "pdf": ["application/pdf"],
    "html": ["text/html"],
    "plain": ["text/plain"],
    "csv": ["text/csv"],
    "calendar": ["text/calendar", "application/ics"], "ics": ["text/calendar", "application/ics"],
    "vcard": ["text/vcard", "text/x-vcard", "text/directory"], "vcf": ["text/vcard", "text/x-vcard", "text/directory"],
    "word": word, "doc": word, "docx": word, "odt": ["application/vnd.oasis.opendocument.text"],
    "excel": excel, "xls": excel, "xlsx": excel, "ods": ["application/vnd.oasis.opendocument.spreadsheet"],
    "powerpoint": powerpoint, "ppt": powerpoint, "pptx": powerpoint,
    "odp": ["application/vnd.oasis.opendocument.presentation"],
    "zip": ["application/zip", "application/x-zip-compressed"],
    "jpeg": ["image/jpeg", "image/jpg"], "jpg": ["image/jpeg", "image/jpg"], "png": ["image/png"],
    "gif": ["image/gif"], "svg": ["image/svg+xml"], "mp3": ["audio/mpeg"], "mp4": ["video/mp4"],
    "patch": ["text/x-patch", "text/x-diff"], "json": ["application/json"], "xml": ["application/xml", "text/xml"],
    "signature": ["application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"],
  ]

  private static let word = [
    "application/msword", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
  ]
  private static let excel = [
    "application/vnd.ms-excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.spreadsheet",
  ]
  private static let powerpoint = [
    "application/vnd.ms-powerpoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.presentation",
  ]
}
