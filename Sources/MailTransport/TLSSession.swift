internal import COpenSSL

/// An encrypted connection.
@safe final class TLSSession {
  let facts: TLSFacts

  init(_ socket: Socket, _ settings: TLSSettings, _ patience: Patience) throws(TransportError) {
    throw .tls("not there yet")
  }
  func read(into buffer: inout [UInt8], atMost count: Int, _ patience: Patience) throws(TransportError) -> Int { 0 }
  func write(_ bytes: ArraySlice<UInt8>, _ patience: Patience) throws(TransportError) {}
  func shutDown() {}
}
