/// The words that mail programs put before the subject of an answer, in small letters, without the colon.
let replyPrefixes: Set<String> = [
  "re", "aw", "antw", "antwort", "sv", "vs", "vá", "odp", "ynt", "res", "resp", "ref", "réf", "rép", "rif", "r", "atb",
  "bls", "bal", "tc", "hv", "на", "отв", "ответ", "απ", "σχετ", "回复", "回覆", "答复", "答覆", "返信", "회신", "답장", "תגובה",
  "رد", "پاسخ", "trả lời", "ynr", "eb",
]

/// The words before the subject of a message that was passed on.
let forwardPrefixes: Set<String> = [
  "fwd", "fw", "wg", "tr", "trans", "rv", "enc", "i", "vb", "vl", "vs-fwd", "doorst", "pd", "fs", "továbbítás", "ilt",
  "i̇lt", "yml", "nl", "πρθ", "пересл", "转发", "轉寄", "轉發", "転送", "전달", "הועבר", "إعادة توجيه", "wtr", "chuyển tiếp",
]
