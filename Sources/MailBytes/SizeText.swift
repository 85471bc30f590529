/// A number of bytes as people read it: `310 B`, `4.2 kB`, `27 MB`.
public func sizeText(_ bytes: Int) -> String {
  guard bytes >= 1000 else { return "\(bytes) B" }
  let bytes = min(bytes, 9_000_000_000_000_000_000)
  var unit = 1000
  var names = ["kB", "MB", "GB", "TB"][...]
  while names.count > 1, bytes >= unit * 1000 - unit / 2 {
    unit *= 1000
    names.removeFirst()
  }
  let tenths = (bytes + unit / 20) / (unit / 10)
  let number = tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\((bytes + unit / 2) / unit)"
  return "\(number) \(names.first ?? "")"
}
