// The files of an index as bytes that can be changed behind right checksums.

public import Storage

/// The files of an index in memory. What is changed here gets checksums that fit, as whoever wants to do harm would make
/// them: nothing but the checks of the readers stands between such a file and them.
public struct IndexFiles: Sendable {
  private static let headerLength = 64
  private static let footerLength = 32
  private static let pageLength = 1 << 14

  /// The bytes of each file.
  public private(set) var files: [String: [UInt8]] = [:]

  /// The files of a directory, but for some.
  public init(of directory: any Directory, leavingOut: Set<String> = []) throws(IndexError) {
    for name in try directory.list() where !leavingOut.contains(name) {
      files[name] = try unsafe [UInt8](directory.open(name).bytes)
    }
  }

  /// The names, in order.
  public var names: [String] { files.keys.sorted() }

  /// A directory with the files.
  public func directory() throws(IndexError) -> MemoryDirectory { try MemoryDirectory(files: files) }

  /// Puts bytes in place of a file as they are.
  public mutating func replace(_ name: String, by bytes: [UInt8]) { files[name] = bytes }

  /// What a file holds within its frame.
  public func payload(of name: String) -> [UInt8] {
    guard let bytes = files[name], bytes.count >= Self.headerLength + Self.footerLength else { return [] }
    let length = Self.number(bytes[(bytes.count - Self.footerLength)...].prefix(8))
    return Array(bytes[Self.headerLength...].prefix(Int(clamping: length)))
  }

  /// Puts another payload into a file's frame and makes all checksums fit: its own, and what the segment's facts say of
  /// the file.
  public mutating func setPayload(of name: String, to payload: [UInt8]) {
    guard let old = files[name], old.count >= Self.headerLength + Self.footerLength else { return }
    let header = Array(old[..<Self.headerLength])
    let sealed = Self.frame(header, payload)
    files[name] = sealed
    guard let dot = name.lastIndex(of: ".") else { return }
    let (segment, kind) = (name[..<dot], name[name.index(after: dot)...])
    let info = "\(segment).info"
    guard kind != "info", kind != "live", files[info] != nil else { return }
    // The facts name the file by its kind, its length and the checksum of its table.
    var facts = self.payload(of: info)
    let entry = [UInt8(kind.utf8.count)] + kind.utf8 + Self.bytes(UInt64(old.count), 8)
    guard let place = Self.find(entry, in: facts), place + entry.count + 4 <= facts.count else { return }
    let table = sealed[(sealed.count - Self.footerLength + 12)...].prefix(4)
    let stated = Self.bytes(UInt64(sealed.count), 8) + table
    facts.replaceSubrange(place + 1 + kind.utf8.count..<place + entry.count + 4, with: stated)
    setPayload(of: info, to: facts)
  }

  /// A file of a header, whose checksum is made anew, and a payload.
  private static func frame(_ header: [UInt8], _ payload: [UInt8]) -> [UInt8] {
    var file = header
    let headerChecksum = checksum(file[..<60])
    file.replaceSubrange(60..<64, with: bytes(UInt64(headerChecksum), 4))
    file += payload
    var table: [UInt8] = []
    for start in stride(from: 0, to: file.count, by: pageLength) {
      table += bytes(UInt64(checksum(file[start..<min(file.count, start + pageLength)])), 4)
    }
    var footer = bytes(UInt64(payload.count), 8) + bytes(UInt64(table.count / 4), 4)
    footer += bytes(UInt64(checksum(table[...])), 4) + bytes(UInt64(headerChecksum), 4) + Array("LOQUATND".utf8)
    footer += bytes(UInt64(checksum(footer[...])), 4)
    return file + table + footer
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    unsafe bytes.withUnsafeBytes { unsafe CRC32C.checksum($0) }
  }

  private static func bytes(_ number: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func find(_ wanted: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= wanted.count else { return nil }
    return (0...bytes.count - wanted.count).first { bytes[$0...].starts(with: wanted) }
  }
}
