// swift-tools-version: 6.2
import PackageDescription

// The layers, bottom to top. A target imports only from layers below its own; nothing imports a command.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

func system(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func library(_ name: String, _ dependencies: Target.Dependency...) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, swiftSettings: settings),
    .testTarget(
      name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies,
      exclude: ["Fixtures"], swiftSettings: settings),
  ]
}

func command(_ name: String, _ dependencies: Target.Dependency...) -> [Target] {
  [.executableTarget(name: name, dependencies: ["MailCommand"] + dependencies, swiftSettings: settings)]
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let ground: [[Target]] = [
  [system("CIconv", apt: "libc6-dev")],
  [system("CLinux", apt: "libc6-dev")],
  [system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev")],
  [system("CDeflate", pkgConfig: "libdeflate", apt: "libdeflate-dev")],
  [system("CGumbo", pkgConfig: "gumbo", apt: "libgumbo-dev")],
  [system("CCmark", pkgConfig: "libcmark", apt: "libcmark-dev")],
  [system("COpenSSL", pkgConfig: "openssl", apt: "libssl-dev")],
  [system("CExpat", pkgConfig: "expat", apt: "libexpat1-dev")],
  [system("CResolv", apt: "libc6-dev")],
  library("MailBytes", "CIconv"),
  library("MailSystem", "CLinux"),
  library("MailSQLite", "CSQLite"),
]

let message: [[Target]] = [
  library("MailMIME", "MailBytes")
]

let models: [[Target]] = [
  library("Maildir", "MailSystem", "MailBytes"),
  library("MailQuery", "MailBytes"),
  library("MailConfiguration", "MailSystem"),
  library("MailHTML", "MailBytes", "MailSystem", "CGumbo"),
  library("MailMarkdown", "MailMIME", "CCmark"),
  library("MailMedia", "MailMIME", "MailBytes", "MailSystem"),
  library("MailFormats", "MailMIME", "MailBytes"),
  library("MailReports", "MailMIME", "MailBytes"),
  library("MailZip", "MailSystem", "CDeflate"),
  library("MailTransport", "MailSystem", "MailBytes", "COpenSSL", "CLinux"),
  library("MailSASL", "MailBytes", "COpenSSL"),
]

let services: [[Target]] = [
  library(
    "MailStore", "Maildir", "MailMIME", "MailReports", "MailConfiguration", "MailBytes", "MailSystem", "MailSQLite"),
  library("MailSearch", "MailStore", "MailQuery", "MailSQLite", "CSQLite", "MailBytes", "MailSystem"),
  library(
    "MailDelivery", "MailStore", "Maildir", "MailMIME", "MailConfiguration", "MailBytes", "MailSystem"),
  library("MailAttachments", "MailMedia", "MailMIME", "MailBytes", "MailSystem"),
  library(
    "MailContacts", "MailStore", "Maildir", "MailMIME", "MailConfiguration", "MailBytes", "MailSystem", "MailSQLite"),
  library(
    "MailCompose", "MailStore", "Maildir", "MailConfiguration", "MailHTML", "MailMarkdown", "MailMedia", "MailMIME",
    "MailBytes", "MailSystem"),
  library("MailSetup", "MailConfiguration", "MailSystem", "CExpat", "CResolv", "COpenSSL"),
  library("MailSMTP", "MailTransport", "MailSASL", "MailMIME", "MailConfiguration", "MailBytes", "MailSystem"),
  library("MailView", "MailMIME", "MailHTML", "MailBytes"),
  library("MailGateways", "MailMIME", "MailHTML", "MailConfiguration", "MailBytes", "MailSystem"),
  library(
    "MailArchive", "MailStore", "Maildir", "MailFormats", "MailZip", "MailMIME", "MailBytes", "MailSystem"),
  library(
    "MailSending", "MailStore", "MailContacts", "MailGateways", "MailSMTP", "MailSASL", "MailReports", "MailTransport",
    "Maildir", "MailMIME", "MailConfiguration",
    "MailBytes", "MailSystem"),
  library(
    "MailImport", "MailStore", "MailArchive", "Maildir", "MailZip", "MailFormats", "MailMIME", "MailBytes",
    "MailSystem"),
]

let shell: [[Target]] = [
  library(
    "MailCommand", argumentParser, "MailContacts", "MailStore", "Maildir", "MailMIME", "MailReports", "MailQuery",
    "MailConfiguration",
    "MailBytes", "MailSystem")
]

let commands: [[Target]] = [
  command("mail-archive", "MailArchive", "MailStore", "MailSystem"),
  command(
    "mail-attach", "MailAttachments", "MailConfiguration", "MailContacts", "MailMIME", "MailSystem"),
  command("mail-comment", "MailStore", "MailSystem"),
  command(
    "mail-compose", "MailCompose", "MailContacts", "MailStore", "MailConfiguration", "MailMIME", "MailBytes",
    "MailSystem"),
  command("mail-contact", "MailContacts", "MailStore", "MailMIME", "MailBytes", "MailSystem"),
  command("mail-deliver", "MailDelivery", "MailConfiguration", "MailSystem"),
  command("mail-detach", "MailAttachments", "MailStore", "MailMIME", "MailBytes", "MailSystem"),
  command("mail-folder", "MailStore", "MailSystem"),
  command("mail-import", "MailImport", "MailConfiguration", "MailStore", "Maildir", "MailBytes", "MailSystem"),
  command("mail-index", "MailContacts", "MailStore"),
  command("mail-list", "MailStore"),
  command("mail-mark", "MailStore", "MailSystem"),
  command("mail-move", "MailStore", "MailSystem", "Maildir"),
  command("mail-print", "MailView", "MailHTML", "MailMIME", "MailBytes", "MailSystem"),
  command("mail-quota", "MailStore", "Maildir", "MailConfiguration"),
  command("mail-receipt", "MailReports", "MailStore", "MailSystem"),
  command("mail-search", "MailStore", "MailSearch", "MailQuery"),
  command("mail-send", "MailSending", "MailConfiguration", "MailSystem"),
  command("mail-setup", "MailSetup", "MailSMTP", "MailSASL", "MailTransport", "MailConfiguration", "MailSystem"),
  command("mail-show", "MailView", "MailStore", "MailMIME", "MailHTML", "MailBytes", "MailSystem"),
  command("mail-tag", "MailStore", "MailSystem"),
  command("mail-trash", "MailStore", "MailConfiguration", "MailSystem"),
]

let package = Package(
  name: "postbag",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [ground, message, models, services, shell, commands].flatMap { $0 }.flatMap { $0 }
)
