extension Provider {
  private static let switchOn = "access by POP3 and IMAP has to be switched on in the settings of the account"

  static let regional: [Provider] = [
    Provider(
      "GMX", "gmx.de gmx.net gmx.at gmx.ch gmx.eu gmx.org gmx.info gmx.biz", mx: "gmx.net", "mail.gmx.net",
      note: switchOn),
    Provider("WEB.DE", "web.de", mx: "web.de", "smtp.web.de", login: .localPart, note: switchOn),
    Provider(
      "T-Online", "t-online.de magenta.de", mx: "t-online.de", "securesmtp.t-online.de", access: .appPassword,
      note: "needs the e-mail password, which is not that of the website"),
    Provider("Freenet", "freenet.de", mx: "freenet.de", "mx.freenet.de", note: switchOn),
    Provider("Posteo", "posteo.de posteo.net posteo.at posteo.ch posteo.eu posteo.org", mx: "posteo.de", "posteo.de"),
    Provider("mailbox.org", "mailbox.org", mx: "mailbox.org", "smtp.mailbox.org"),
    Provider("Infomaniak", "ik.me ikmail.com etik.com", mx: "infomaniak.ch", "mail.infomaniak.com"),
    Provider("Bluewin", "bluewin.ch", mx: "bluewin.ch", "smtpauths.bluewin.ch"),
    Provider("Orange", "orange.fr wanadoo.fr", mx: "orange.fr", "smtp.orange.fr"),
    Provider(
      "Free", "free.fr", mx: "free.fr", "smtp.free.fr", login: .localPart,
      note: "authenticated SMTP has to be switched on"),
    Provider("SFR", "sfr.fr neuf.fr cegetel.net club-internet.fr", mx: "sfr.fr", "smtp.sfr.fr"),
    Provider("La Poste", "laposte.net", mx: "laposte.net", "smtp.laposte.net"),
    Provider("Telenet", "telenet.be", mx: "telenet-ops.be", "smtp.telenet.be", 587),
    Provider("KPN", "kpnmail.nl planet.nl hetnet.nl", mx: "kpnmail.nl", "smtp.kpnmail.nl"),
    Provider("Ziggo", "ziggo.nl home.nl", mx: "ziggo.nl", "smtp.ziggo.nl", 587),
    Provider("BT", "btinternet.com btopenworld.com talk21.com", mx: "btinternet.com", "mail.btinternet.com"),
    Provider(
      "Virgin Media", "virginmedia.com virgin.net ntlworld.com blueyonder.co.uk", mx: "virginmedia.com",
      "smtp.virginmedia.com", access: .appPassword, note: "needs an app password"),
    Provider("Libero", "libero.it iol.it inwind.it blu.it giallo.it", mx: "libero.it", "smtp.libero.it"),
    Provider("Virgilio", "virgilio.it alice.it tim.it", mx: "virgilio.it", "out.virgilio.it"),
    Provider("Seznam", "seznam.cz email.cz post.cz", mx: "seznam.cz", "smtp.seznam.cz"),
    Provider("WP", "wp.pl", mx: "wp.pl", "smtp.wp.pl", login: .localPart, note: switchOn),
    Provider(
      "o2 Poczta", "o2.pl go2.pl tlen.pl prokonto.pl", mx: "o2.pl tlen.pl", "poczta.o2.pl", login: .localPart,
      note: switchOn),
    Provider(
      "Onet", "onet.pl op.pl vp.pl onet.eu poczta.onet.pl", mx: "onet.pl", "smtp.poczta.onet.pl", note: switchOn),
    Provider("Interia", "interia.pl interia.eu poczta.fm", mx: "interia.pl", "poczta.interia.pl", note: switchOn),
    Provider(
      "Inbox.lv", "inbox.lv", mx: "inbox.lv", "mail.inbox.lv", access: .appPassword,
      note: "needs a password for programs, made under POP3 and IMAP"),
    Provider(
      "Yandex", "yandex.ru yandex.com ya.ru yandex.by yandex.kz yandex.ua narod.ru", mx: "yandex.ru yandex.net",
      "smtp.yandex.com",
      access: .appPassword, note: "needs an app password; programs have to be allowed in the settings"),
    Provider(
      "Mail.ru", "mail.ru inbox.ru list.ru bk.ru internet.ru", mx: "mail.ru", "smtp.mail.ru", access: .appPassword,
      note: "needs a password for external programs"),
    Provider(
      "Xfinity", "comcast.net", mx: "comcast.net", "smtp.comcast.net", 587,
      note: "third-party access has to be allowed in the settings"),
    Provider(
      "AT&T",
      "att.net sbcglobal.net bellsouth.net ameritech.net currently.com flash.net nvbell.net pacbell.net prodigy.net"
        + " snet.net swbell.net wans.net",
      "smtp.mail.att.net", access: .appPassword, note: "needs a secure mail key"),
    Provider("Naver", "naver.com", mx: "naver.com", "smtp.naver.com", note: "access by programs has to be switched on"),
    Provider(
      "QQ Mail", "qq.com foxmail.com", mx: "mx.qq.com", "smtp.qq.com", access: .appPassword,
      note: "needs an authorisation code instead of the password"),
    Provider(
      "NetEase 163", "163.com", mx: "netease.com", "smtp.163.com", access: .appPassword,
      note: "needs an authorisation code instead of the password"),
    Provider(
      "NetEase 126", "126.com", "smtp.126.com", access: .appPassword,
      note: "needs an authorisation code instead of the password"),
  ]

  /// Providers of mail for domains of others.
  static let hosting: [Provider] = [
    Provider("Gandi", "", mx: "mail.gandi.net", "mail.gandi.net"),
    Provider("OVH", "", mx: "mail.ovh.net ovh.net", "ssl0.ovh.net"),
    Provider("IONOS", "", mx: "kundenserver.de 1and1.com", "smtp.ionos.de"),
    Provider("Strato", "", mx: "rzone.de", "smtp.strato.de"),
    Provider("Migadu", "", mx: "migadu.com", "smtp.migadu.com"),
    Provider("Purelymail", "purelymail.com", mx: "purelymail.com", "smtp.purelymail.com"),
    Provider("Hostinger", "", mx: "hostinger.com", "smtp.hostinger.com"),
    Provider("DreamHost", "", mx: "dreamhost.com", "smtp.dreamhost.com"),
    Provider("Rackspace", "emailsrvr.com", mx: "emailsrvr.com", "secure.emailsrvr.com"),
    Provider("Namecheap", "", mx: "privateemail.com", "mail.privateemail.com"),
    Provider("Aruba", "aruba.it", mx: "aruba.it", "smtps.aruba.it"),
  ]
}
