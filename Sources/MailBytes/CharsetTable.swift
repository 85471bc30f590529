/// One line for each charset: its name, what iconv calls it (empty: decoded by us), its labels.
/// The names and labels of the WHATWG Encoding Standard, section 4.2, and below them what else is seen in mail.
let charsetTable: [(name: String, iconv: String, labels: String)] = [
  ("utf-8", "", "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 utf_8 utf-8mb4"),
  (
    "windows-1252", "",
    """
    ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 \
    iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 iso646-us ansi_x3.4-1986 ansi 7bit 8bit x-ansi
    """
  ),
  ("ibm866", "CP866", "866 cp866 csibm866 ibm866"),
  (
    "iso-8859-2", "ISO-8859-2",
    "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2"
  ),
  (
    "iso-8859-3", "ISO-8859-3",
    "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3"
  ),
  (
    "iso-8859-4", "ISO-8859-4",
    "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4"
  ),
  (
    "iso-8859-5", "ISO-8859-5",
    "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988"
  ),
  (
    "iso-8859-6", "ISO-8859-6",
    """
    arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127 \
    iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987
    """
  ),
  (
    "iso-8859-7", "ISO-8859-7",
    """
    csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 \
    iso_8859-7:1987 sun_eu_greek
    """
  ),
  (
    "iso-8859-8", "ISO-8859-8",
    """
    csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 \
    iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical
    """
  ),
  ("iso-8859-10", "ISO-8859-10", "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6"),
  ("iso-8859-13", "ISO-8859-13", "iso-8859-13 iso8859-13 iso885913"),
  ("iso-8859-14", "ISO-8859-14", "iso-8859-14 iso8859-14 iso885914"),
  ("iso-8859-15", "ISO-8859-15", "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 latin9 latin-9"),
  ("iso-8859-16", "ISO-8859-16", "iso-8859-16 iso8859-16 iso885916"),
  ("koi8-r", "KOI8-R", "cskoi8r koi koi8 koi8-r koi8_r"),
  ("koi8-u", "KOI8-U", "koi8-ru koi8-u"),
  ("macintosh", "MACINTOSH", "csmacintosh mac macintosh x-mac-roman"),
  ("windows-874", "CP874", "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874 cp874 x-windows-874"),
  ("windows-1250", "CP1250", "cp1250 windows-1250 x-cp1250"),
  ("windows-1251", "CP1251", "cp1251 windows-1251 x-cp1251 win-1251 win1251"),
  ("windows-1253", "CP1253", "cp1253 windows-1253 x-cp1253"),
  (
    "windows-1254", "CP1254",
    """
    cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254 \
    x-cp1254
    """
  ),
  ("windows-1255", "CP1255", "cp1255 windows-1255 x-cp1255"),
  ("windows-1256", "CP1256", "cp1256 windows-1256 x-cp1256"),
  ("windows-1257", "CP1257", "cp1257 windows-1257 x-cp1257"),
  ("windows-1258", "CP1258", "cp1258 windows-1258 x-cp1258"),
  ("x-mac-cyrillic", "MAC-CYRILLIC", "x-mac-cyrillic x-mac-ukrainian"),
  (
    "gbk", "GB18030",
    """
    chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk cp936 ms936 windows-936 euc-cn \
    euccn x-euc-cn
    """
  ),
  ("gb18030", "GB18030", "gb18030 gb18030-2000 gb-18030"),
  ("big5", "BIG5-HKSCS", "big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950 big-5 x-big5"),
  ("euc-jp", "EUC-JP-MS", "cseucpkdfmtjapanese euc-jp x-euc-jp eucjp x-euc x-eucjp"),
  (
    "iso-2022-jp", "ISO-2022-JP-3",
    "csiso2022jp iso-2022-jp iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3 iso2022-jp cp50220 cp50221 x-iso-2022-jp"
  ),
  (
    "shift_jis", "CP932",
    "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cp932 x-shift-jis shiftjis shift_jisx0213"
  ),
  (
    "euc-kr", "CP949",
    """
    cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949 cp949 \
    uhc ks_c_5601 euckr
    """
  ),
  ("utf-16be", "", "unicodefffe utf-16be"),
  ("utf-16le", "", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le utf16"),
  ("utf-32be", "UTF-32BE", "utf-32 utf-32be ucs-4 iso-10646-ucs-4"),
  ("utf-32le", "UTF-32LE", "utf-32le"),
  ("utf-7", "UTF-7", "utf-7 utf7 unicode-1-1-utf-7 csunicode11utf7 x-unicode-2-0-utf-7"),
  ("iso-2022-kr", "ISO-2022-KR", "csiso2022kr iso-2022-kr"),
  ("iso-2022-cn", "ISO-2022-CN-EXT", "iso-2022-cn iso-2022-cn-ext"),
  ("hz-gb-2312", "", "hz-gb-2312 hz"),
  ("johab", "JOHAB", "johab cp1361"),
  ("euc-tw", "EUC-TW", "euc-tw euctw x-euc-tw"),
  ("viscii", "VISCII", "viscii csviscii"),
  ("tcvn", "TCVN5712-1", "tcvn x-viet-tcvn5712 tcvn5712-1"),
  ("armscii-8", "ARMSCII-8", "armscii-8"),
  ("georgian-ps", "GEORGIAN-PS", "georgian-ps"),
  ("koi8-t", "KOI8-T", "koi8-t"),
  ("pt154", "PT154", "pt154 csptcp154 cyrillic-asian cp154"),
  ("mac-centraleurope", "MAC-CENTRALEUROPE", "x-mac-ce x-mac-centraleurroman mac-centraleurope"),
  ("ibm437", "CP437", "ibm437 cp437 437 cspc8codepage437"),
  ("ibm737", "CP737", "ibm737 cp737"),
  ("ibm775", "CP775", "ibm775 cp775"),
  ("ibm850", "CP850", "ibm850 cp850 850 cspc850multilingual"),
  ("ibm852", "CP852", "ibm852 cp852 852 cspcp852"),
  ("ibm855", "CP855", "ibm855 cp855 855"),
  ("ibm857", "CP857", "ibm857 cp857 857"),
  ("ibm858", "CP858", "ibm858 ibm00858 cp858"),
  ("ibm860", "CP860", "ibm860 cp860 860"),
  ("ibm861", "CP861", "ibm861 cp861 861"),
  ("ibm862", "CP862", "ibm862 cp862 862 dos-862"),
  ("ibm863", "CP863", "ibm863 cp863 863"),
  ("ibm864", "CP864", "ibm864 cp864"),
  ("ibm865", "CP865", "ibm865 cp865 865"),
  ("ibm869", "CP869", "ibm869 cp869 869"),
  ("ibm037", "CP037", "ibm037 cp037 ebcdic-cp-us"),
  ("ibm500", "CP500", "ibm500 cp500"),
  ("ibm1026", "CP1026", "ibm1026 cp1026"),
  ("ibm1047", "IBM1047", "ibm1047 cp1047"),
  ("cp1125", "CP1125", "cp1125 ruscii"),
  ("iso-ir-111", "ECMA-CYRILLIC", "iso-ir-111 ecma-cyrillic koi8-e"),
  ("din_66003", "DIN_66003", "din_66003 iso-ir-21 de iso646-de"),
  ("ns_4551-1", "NS_4551-1", "ns_4551-1 iso-ir-60 no iso646-no"),
  ("sen_850200_b", "SEN_850200_B", "sen_850200_b iso-ir-10 iso646-fi iso646-se"),
  ("hp-roman8", "HP-ROMAN8", "hp-roman8 roman8 r8 cshproman8"),
]

/// What the octets 0x80–0x9F mean in windows-1252.
let windows1252High: [UInt16] = [
  0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D,
  0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
  0x0153, 0x009D, 0x017E, 0x0178,
]

/// The scalar that `octet` stands for in windows-1252.
public func windows1252Scalar(_ octet: UInt8) -> UInt32 {
  octet >= 0x80 && octet < 0xA0 ? UInt32(windows1252High[Int(octet - 0x80)]) : UInt32(octet)
}
