public import MailConfiguration
internal import MailSystem

/// Everything that a run of mail-send needs of its surroundings.
public struct SendSettings: Sendable {
  public var configuration: Configuration
  /// The file that was named instead of the usual one.
  public var configurationPath: String?
  /// The store, absolute.
  public var store: String?
  public var queueDirectory: String

  /// Reads the configuration that `arguments` name. Where the user's names no server that of the system counts.
  public init(_ arguments: SendArguments) throws(SendFailure) {
    let home = userHome()
    do throws(ConfigurationError) {
      configuration = try Configuration.load(path: arguments.configuration, home: home)
      try configuration.completeFromSystem()
    } catch {
      throw .configuration(error)
    }
    configurationPath = arguments.configuration ?? environment("POSTBAG_CONFIG")
    if home != nil || arguments.store != nil || environment("MAILDIR") != nil || configuration.store != nil {
      store = configuration.storePath(option: arguments.store, home: home)
    }
    guard let directory = Queue.standardDirectory(home: home) else { throw .send(.noHome) }
    queueDirectory = directory
  }

  /// The settings of a message that is in the queue: `configurationPath` is the file that was named then.
  init(configurationPath: String?, store: String?, queue: String) throws(SendFailure) {
    do throws(ConfigurationError) {
      configuration = try Configuration.load(
        path: configurationPath, home: userHome(), trustingEnvironment: configurationPath != nil)
      try configuration.completeFromSystem()
    } catch {
      throw .configuration(error)
    }
    self.configurationPath = configurationPath
    self.store = store
    queueDirectory = queue
  }

  /// The way out that these describe.
  public func outbox() throws(SendFailure) -> Outbox {
    do throws(SendError) {
      let queue = try Queue(directory: queueDirectory)
      return Outbox(
        queue: queue, configuration: configuration, configurationPath: configurationPath, store: store)
    } catch {
      throw .send(error)
    }
  }
}

extension Configuration {
  /// Takes from the administrator's configuration the servers, where the user has none, and the footers, whatever the user
  /// has.
  fileprivate mutating func completeFromSystem() throws(ConfigurationError) {
    let system = try Configuration.system()
    if outgoing.isEmpty { outgoing = system.outgoing }
    footers = system.footers
  }
}

/// Why mail-send could not do what it was asked for.
public enum SendFailure: Error, Sendable, Equatable {
  case configuration(ConfigurationError)
  case send(SendError)
  case usage(String)
}
