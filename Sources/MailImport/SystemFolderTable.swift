internal import MailStore

/// The names by which other programs and providers call the system folders, in lower case.
let systemFolderNames: [String: FolderRole] = {
  let names: [(FolderRole, String)] = [
    (
      .inbox,
      """
      inbox|in|posteingang|eingang|boîte de réception|boite de reception|courrier entrant|réception|bandeja de entrada|\
      entrada|recibidos|posta in arrivo|in arrivo|postvak in|inkomend|caixa de entrada|caixa de correio|\
      skrzynka odbiorcza|odebrane|inkorgen|inkorg|indbakke|innboks|saapuneet|doručená pošta|beérkezett üzenetek|\
      входящие|вхідні|gelen kutusu|受信トレイ|受信箱|收件箱|收件匣|받은편지함
      """
    ),
    (
      .sent,
      """
      sent|sent items|sent messages|sent mail|sent-mail|sentmail|outbox sent|gesendet|gesendete elemente|\
      gesendete objekte|gesendete nachrichten|gesendete|postausgang gesendet|envoyés|envoyes|éléments envoyés|\
      elements envoyes|messages envoyés|messages envoyes|courrier envoyé|objets envoyés|enviados|\
      elementos enviados|mensajes enviados|correo enviado|posta inviata|inviati|inviata|messaggi inviati|verzonden|\
      verzonden items|verzonden berichten|itens enviados|mensagens enviadas|elementos enviados|wysłane|\
      elementy wysłane|skickat|skickade objekt|skickade|sendt|sendte elementer|sendt post|sendte|lähetetyt|\
      odeslaná pošta|odeslané|elküldött|elküldött elemek|отправленные|надіслані|gönderilmiş öğeler|gönderilmiş postalar|\
      送信済み|送信済みアイテム|送信済みトレイ|已发送|已发送邮件|寄件備份|보낸편지함
      """
    ),
    (
      .drafts,
      """
      drafts|draft|entwürfe|entwuerfe|entwurf|brouillons|brouillon|borradores|borrador|bozze|concepten|rascunhos|\
      kopie robocze|wersje robocze|robocze|utkast|kladder|luonnokset|koncepty|rozepsané|piszkozatok|черновики|чернетки|\
      taslaklar|下書き|草稿|草稿箱|임시보관함
      """
    ),
    (
      .templates,
      "templates|template|vorlagen|modèles|modeles|plantillas|modelli|sjablonen|modelos|szablony|mallar|skabeloner|maler|テンプレート|模板"
    ),
    (
      .trash,
      """
      trash|deleted|deleted items|deleted messages|bin|wastebasket|papierkorb|gelöscht|gelöschte elemente|\
      gelöschte objekte|gelöschte nachrichten|corbeille|éléments supprimés|elements supprimes|messages supprimés|\
      supprimés|poubelle|papelera|papelera de reciclaje|elementos eliminados|eliminados|cestino|posta eliminata|\
      eliminati|prullenbak|verwijderde items|verwijderd|lixeira|itens excluídos|itens eliminados|lixo eletrônico excluído|\
      kosz|elementy usunięte|usunięte|papperskorgen|papperskorg|borttagna objekt|borttagna|papirkurv|slettet post|\
      slettede elementer|papirkurven|slettede|roskakori|poistetut|koš|odstraněná pošta|törölt elemek|kuka|lomtár|корзина|\
      удаленные|удалённые|кошик|çöp kutusu|silinmiş öğeler|ゴミ箱|削除済みアイテム|已删除|已删除邮件|垃圾桶|刪除的郵件|휴지통
      """
    ),
    (
      .junk,
      """
      junk|spam|junk mail|junk e-mail|junk email|junk-e-mail|bulk mail|bulk|spamverdacht|unerwünscht|werbung (spam)|\
      courrier indésirable|courriers indésirables|indésirables|pourriel|pourriels|correo no deseado|\
      correo basura|no deseado|posta indesiderata|indesiderata|ongewenste e-mail|ongewenst|reclame|lixo eletrônico|\
      lixo electrónico|lixo|correio não solicitado|wiadomości-śmieci|niechciane|skräppost|uønsket e-mail|uønsket mail|\
      søppelpost|søppel-e-post|roskaposti|nevyžádaná pošta|nevyžádané|levélszemét|спам|нежелательная почта|\
      önemsiz|önemsiz e-posta|gereksiz|迷惑メール|垃圾邮件|垃圾郵件|스팸|스팸함
      """
    ),
  ]
  var table: [String: FolderRole] = [:]
  for (role, list) in names {
    for name in list.split(separator: "|") where table[String(name)] == nil { table[String(name)] = role }
  }
  return table
}()

/// Folders that some providers put around all others.
let wrappingFolderNames: Set<String> = ["[gmail]", "[google mail]", "inbox"]
