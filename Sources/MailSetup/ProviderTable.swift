// What the providers publish about their servers for outgoing mail. Where one offers both ports, 465 is taken: RFC 8314,
// section 3.3.

extension Provider.OAuthEndpoints {
  static let google = Provider.OAuthEndpoints(
    authorization: "https://accounts.google.com/o/oauth2/v2/auth", token: "https://oauth2.googleapis.com/token",
    device: nil, scope: "https://mail.google.com/")
  static let microsoft = Provider.OAuthEndpoints(
    authorization: "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
    token: "https://login.microsoftonline.com/common/oauth2/v2.0/token",
    device: "https://login.microsoftonline.com/common/oauth2/v2.0/devicecode",
    scope: "https://outlook.office.com/SMTP.Send offline_access")
  static let yahoo = Provider.OAuthEndpoints(
    authorization: "https://api.login.yahoo.com/oauth2/request_auth",
    token: "https://api.login.yahoo.com/oauth2/get_token", device: nil, scope: "mail-w")
  static let aol = Provider.OAuthEndpoints(
    authorization: "https://api.login.aol.com/oauth2/request_auth", token: "https://api.login.aol.com/oauth2/get_token",
    device: nil, scope: "mail-w")
  static let fastmail = Provider.OAuthEndpoints(
    authorization: "https://api.fastmail.com/oauth/authorize", token: "https://api.fastmail.com/oauth/refresh",
    device: nil, scope: "https://www.fastmail.com/dev/protocol-smtp")
}

extension Provider {
  static let worldwide: [Provider] = [
    Provider(
      "Gmail", "gmail.com googlemail.com google.com", mx: "google.com googlemail.com", "smtp.gmail.com",
      access: .appPassword,
      note: "needs an app password (https://myaccount.google.com/apppasswords) or OAuth2 with a client ID of your own",
      oauth: .google),
    Provider(
      "Outlook.com",
      "outlook.com hotmail.com live.com msn.com windowslive.com outlook.at outlook.be outlook.cz outlook.de outlook.dk"
        + " outlook.es outlook.fr outlook.ie outlook.it outlook.jp outlook.pt outlook.sk outlook.co.id outlook.com.br"
        + " hotmail.be hotmail.ca hotmail.ch hotmail.de hotmail.dk hotmail.es hotmail.fi hotmail.fr hotmail.gr"
        + " hotmail.it hotmail.nl hotmail.no hotmail.se hotmail.co.jp hotmail.co.uk hotmail.com.ar hotmail.com.br"
        + " live.at live.be live.ca live.cn live.de live.dk live.fi live.fr live.ie live.it live.jp live.nl live.no"
        + " live.se live.co.uk live.com.au live.com.mx",
      mx: "olc.protection.outlook.com", "smtp-mail.outlook.com", 587, access: .oauth,
      note: "takes OAuth2 alone; register a client ID of your own in Microsoft Entra", oauth: .microsoft),
    Provider(
      "Microsoft 365", "onmicrosoft.com office365.com", mx: "mail.protection.outlook.com mx.microsoft",
      "smtp.office365.com", 587, access: .oauth,
      note: "takes OAuth2; the administrator has to allow SMTP AUTH for the mailbox", oauth: .microsoft),
    Provider(
      "Yahoo",
      "yahoo.com ymail.com rocketmail.com yahoo.at yahoo.be yahoo.ca yahoo.cn yahoo.de yahoo.dk yahoo.es yahoo.fr"
        + " yahoo.gr yahoo.ie yahoo.in yahoo.it yahoo.nl yahoo.no yahoo.pl yahoo.ro yahoo.se yahoo.co.id yahoo.co.in"
        + " yahoo.co.nz yahoo.co.uk yahoo.co.za yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.hk yahoo.com.mx"
        + " yahoo.com.ph yahoo.com.sg yahoo.com.tr yahoo.com.tw yahoo.com.vn",
      mx: "yahoodns.net", "smtp.mail.yahoo.com", access: .appPassword,
      note: "needs an app password, made under Account security", oauth: .yahoo),
    Provider(
      "AOL", "aol.com aim.com love.com games.com wow.com verizon.net aol.de aol.fr aol.co.uk", mx: "mx.aol.com",
      "smtp.aol.com", access: .appPassword, note: "needs an app password, made under Account security", oauth: .aol),
    Provider(
      "iCloud", "icloud.com me.com mac.com", mx: "mail.icloud.com", "smtp.mail.me.com", 587, access: .appPassword,
      note: "needs an app-specific password (https://account.apple.com)"),
    Provider(
      "Fastmail",
      "fastmail.com fastmail.fm fastmail.cn fastmail.de fastmail.es fastmail.fr fastmail.im fastmail.in fastmail.jp"
        + " fastmail.mx fastmail.net fastmail.nl fastmail.org fastmail.se fastmail.to fastmail.uk fastmail.us"
        + " fastmail.co.uk fastmail.com.au fea.st sent.com messagingengine.com",
      mx: "messagingengine.com", "smtp.fastmail.com", access: .appPassword,
      note: "needs an app password (Settings, Privacy & Security)", oauth: .fastmail),
    Provider(
      "Proton Mail", "proton.me protonmail.com protonmail.ch pm.me", mx: "protonmail.ch", "127.0.0.1", 1025,
      access: .bridge,
      note: "needs Proton Mail Bridge on this computer; its window shows the port, the password and the certificate"),
    Provider(
      "Tuta", "tuta.com tuta.io tutanota.com tutanota.de tutamail.com keemail.me", mx: "tutanota.de", "", access: .none,
      note: "has no SMTP: no other program can send through it"),
    Provider(
      "Zoho Mail", "zoho.com zohomail.com", mx: "zoho.com", "smtp.zoho.com", access: .appPassword,
      note: "needs an app password where two-factor login is on"),
    Provider(
      "Zoho Mail Europe", "zoho.eu zohomail.eu", mx: "zoho.eu", "smtp.zoho.eu", access: .appPassword,
      note: "needs an app password where two-factor login is on"),
    Provider(
      "mail.com", "mail.com email.com usa.com europe.com post.com", mx: "mail.com", "smtp.mail.com", 587,
      note: "POP3 and IMAP access has to be switched on"),
    Provider(
      "GMX.com", "gmx.com gmx.us gmx.co.uk gmx.fr gmx.es", mx: "gmx.com", "mail.gmx.com",
      note: "POP3 and IMAP access has to be switched on (Settings)"),
    Provider(
      "Mailfence", "mailfence.com", mx: "mailfence.com", "smtp.mailfence.com",
      note: "needs a paid plan; a password for external programs is made in the settings"),
    Provider(
      "StartMail", "startmail.com", mx: "startmail.com", "smtp.startmail.com", access: .appPassword,
      note: "needs a password for devices (Settings, IMAP/SMTP)"),
    Provider("Runbox", "runbox.com", mx: "runbox.com", "mail.runbox.com"),
    Provider("Disroot", "disroot.org", mx: "disroot.org", "disroot.org", login: .localPart),
    Provider("Riseup", "riseup.net", mx: "riseup.net", "mail.riseup.net", login: .localPart),
    Provider("Hushmail", "hushmail.com hush.com hush.ai", mx: "hushmail.com", "smtp.hushmail.com"),
  ]
}
