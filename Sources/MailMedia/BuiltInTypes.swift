internal import MailBytes

/// The type of a file called `name` where the system has no tables.
func builtInType(_ name: [UInt8]) -> String? {
  guard let dot = name.lastIndex(of: 0x2E) else { return nil }
  return types[string(name[(dot + 1)...]).lowercased()]
}

/// The type of a file that begins with `head`, for the few that are sent most.
func builtInMagic(_ head: ArraySlice<UInt8>) -> String? {
  magic.first { head.starts(with: $0.start.utf8) }?.type ?? binaryMagic.first { head.starts(with: $0.start) }?.type
}

private let magic: [(start: String, type: String)] = [
  ("%PDF-", "application/pdf"), ("GIF8", "image/gif"), ("PK\u{3}\u{4}", "application/zip"),
  ("BEGIN:VCARD", "text/vcard"), ("BEGIN:VCALENDAR", "text/calendar"), ("<!DOCTYPE html", "text/html"),
  ("%!PS", "application/postscript"), ("BZh", "application/x-bzip2"), ("ID3", "audio/mpeg"), ("OggS", "audio/ogg"),
]
private let binaryMagic: [(start: [UInt8], type: String)] = [
  ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"), ([0xFF, 0xD8, 0xFF], "image/jpeg"),
  ([0x1F, 0x8B], "application/gzip"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "application/x-xz"),
  ([0x28, 0xB5, 0x2F, 0xFD], "application/zstd"),
  ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "application/x-7z-compressed"),
]

private let types: [String: String] = [
  "7z": "application/x-7z-compressed", "aac": "audio/aac", "asc": "text/plain", "avi": "video/x-msvideo",
  "avif": "image/avif", "bmp": "image/bmp", "bz2": "application/x-bzip2", "c": "text/x-csrc", "conf": "text/plain",
  "css": "text/css", "csv": "text/csv", "diff": "text/x-diff", "doc": "application/msword",
  "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "eml": "message/rfc822",
  "epub": "application/epub+zip", "flac": "audio/flac", "gif": "image/gif", "gz": "application/gzip",
  "h": "text/x-chdr", "heic": "image/heic", "htm": "text/html", "html": "text/html", "ico": "image/vnd.microsoft.icon",
  "ics": "text/calendar", "jpeg": "image/jpeg", "jpg": "image/jpeg", "js": "text/javascript",
  "json": "application/json", "log": "text/plain", "m4a": "audio/mp4", "mbox": "application/mbox",
  "md": "text/markdown", "mkv": "video/x-matroska", "mov": "video/quicktime", "mp3": "audio/mpeg", "mp4": "video/mp4",
  "mpeg": "video/mpeg", "mpg": "video/mpeg", "odp": "application/vnd.oasis.opendocument.presentation",
  "ods": "application/vnd.oasis.opendocument.spreadsheet", "odt": "application/vnd.oasis.opendocument.text",
  "ogg": "audio/ogg", "opus": "audio/ogg", "patch": "text/x-diff", "pdf": "application/pdf", "png": "image/png",
  "ppt": "application/vnd.ms-powerpoint",
  "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation", "ps": "application/postscript",
  "py": "text/x-python", "rtf": "application/rtf", "sh": "text/x-sh", "sig": "application/pgp-signature",
  "svg": "image/svg+xml", "swift": "text/x-swift", "tar": "application/x-tar", "tex": "text/x-tex",
  "tgz": "application/gzip", "tif": "image/tiff", "tiff": "image/tiff", "tsv": "text/tab-separated-values",
  "txt": "text/plain", "vcf": "text/vcard", "vcs": "text/x-vcalendar", "wav": "audio/x-wav", "webm": "video/webm",
  "webp": "image/webp", "xls": "application/vnd.ms-excel",
  "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xml": "application/xml",
  "xz": "application/x-xz", "zip": "application/zip", "zst": "application/zstd",
]
