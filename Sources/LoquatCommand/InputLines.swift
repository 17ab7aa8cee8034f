// Reading lines from files and standard input.

@preconcurrency import Glibc

/// Lines of a descriptor, without their ends, each as soon as it is there.
struct InputLines {
  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var start = 0
  private var end = 0
  private var isAtEnd = false

  /// Reads from a descriptor, which stays the caller's.
  init(descriptor: Int32) { self.descriptor = descriptor }

  /// The next line; nil at the end.
  mutating func next() -> String? {
    var scanned = start
    while true {
      if let newline = buffer[scanned..<end].firstIndex(of: 0x0A) {
        var line = buffer[start..<newline]
        if line.last == 0x0D { line = line.dropLast() }
        start = newline + 1
        return String(decoding: line, as: UTF8.self)
      }
      scanned = end
      if isAtEnd {
        guard start < end else { return nil }
        defer { start = end }
        return String(decoding: buffer[start..<end], as: UTF8.self)
      }
      if start > 0 {
        buffer.replaceSubrange(0..<end - start, with: Array(buffer[start..<end]))
        scanned -= start
        end -= start
        start = 0
      }
      if end == buffer.count { buffer.append(contentsOf: [UInt8](repeating: 0, count: buffer.count)) }
      let count = buffer.withUnsafeMutableBytes { bytes in
        read(descriptor, bytes.baseAddress.map { $0 + end }, bytes.count - end)
      }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { isAtEnd = true } else { end += count }
    }
  }
}
