/// The ending that files of a media type usually have; nil for a type that isn't known.
func ending(ofType mediaType: String) -> String? { endings[mediaType] }

/// The usual endings, for parts that come without a name.
private let endings: [String: String] = [
  "application/epub+zip": "epub", "application/gzip": "gz", "application/ics": "ics", "application/java-archive": "jar",
  "application/json": "json", "application/ld+json": "json", "application/mbox": "mbox", "application/msword": "doc",
  "application/ogg": "ogg", "application/pdf": "pdf", "application/pgp-encrypted": "asc",
  "application/pgp-keys": "asc", "application/pgp-signature": "asc", "application/pkcs7-mime": "p7m",
  "application/pkcs7-signature": "p7s", "application/postscript": "ps", "application/rtf": "rtf",
  "application/vnd.ms-excel": "xls", "application/vnd.ms-powerpoint": "ppt", "application/vnd.ms-tnef": "dat",
  "application/ms-tnef": "dat", "application/vnd.oasis.opendocument.presentation": "odp",
  "application/vnd.oasis.opendocument.spreadsheet": "ods", "application/vnd.oasis.opendocument.text": "odt",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/x-7z-compressed": "7z", "application/x-bzip2": "bz2", "application/x-gzip": "gz",
  "application/x-pkcs7-mime": "p7m", "application/x-pkcs7-signature": "p7s", "application/x-tar": "tar",
  "application/x-xz": "xz", "application/x-zip-compressed": "zip", "application/xhtml+xml": "html",
  "application/xml": "xml", "application/zip": "zip", "application/zstd": "zst", "audio/aac": "aac",
  "audio/flac": "flac", "audio/midi": "mid", "audio/mp3": "mp3", "audio/mp4": "m4a", "audio/mpeg": "mp3",
  "audio/ogg": "ogg", "audio/opus": "opus", "audio/wav": "wav", "audio/x-m4a": "m4a", "audio/x-wav": "wav",
  "image/avif": "avif", "image/bmp": "bmp", "image/gif": "gif", "image/heic": "heic", "image/jpeg": "jpg",
  "image/jpg": "jpg", "image/pjpeg": "jpg", "image/png": "png", "image/svg+xml": "svg", "image/tiff": "tif",
  "image/webp": "webp", "image/x-icon": "ico", "image/vnd.microsoft.icon": "ico", "image/x-png": "png",
  "message/delivery-status": "txt", "message/disposition-notification": "txt", "message/external-body": "txt",
  "message/feedback-report": "txt", "message/global": "eml", "message/rfc822": "eml",
  "text/calendar": "ics", "text/css": "css", "text/csv": "csv", "text/directory": "vcf", "text/enriched": "txt",
  "text/html": "html", "text/markdown": "md", "text/plain": "txt", "text/rfc822-headers": "txt", "text/richtext": "rtx",
  "text/rtf": "rtf", "text/tab-separated-values": "tsv", "text/vcard": "vcf", "text/x-diff": "diff",
  "text/x-patch": "patch", "text/x-vcalendar": "vcs", "text/x-vcard": "vcf", "text/xml": "xml", "video/mp4": "mp4",
  "video/mpeg": "mpg", "video/ogg": "ogv", "video/quicktime": "mov", "video/webm": "webm", "video/x-matroska": "mkv",
  "video/x-msvideo": "avi",
]
