/// Minutes east of UTC for the zone names of RFC 5322, section 4.3, and for others that mail programs have written. The
/// military letters but Z were defined with the wrong sign and mean nothing.
let zoneOffsets: [String: Int] = [
  "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 60, "BST": 60,
  "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
  "AKST": -540, "AKDT": -480, "HST": -600, "AST": -240, "ADT": -180, "NST": -210, "NDT": -150,
  "CET": 60, "CEST": 120, "MET": 60, "MEST": 120, "MEZ": 60, "MESZ": 120, "EET": 120, "EEST": 180,
  "MSK": 180, "MSD": 240, "IST": 330, "SGT": 480, "HKT": 480, "JST": 540, "KST": 540,
  "AWST": 480, "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
  "SAST": 120, "BRT": -180, "ART": -180,
]
