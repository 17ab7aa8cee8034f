// Long texts of one kind: nothing takes more than linear time, and nothing is lost.
import Analysis
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct LongInputTests {
  /// Time of the processor that `body` takes in this thread, in nanoseconds: other tests run beside it.
  private func time(_ body: () -> Void) -> UInt64 {
    var start = timespec()
    var end = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start)
    body()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
    let seconds = UInt64(end.tv_sec - start.tv_sec)
    return seconds &* 1_000_000_000 &+ UInt64(bitPattern: Int64(end.tv_nsec))
      &- UInt64(bitPattern: Int64(start.tv_nsec))
  }

  @Test func longInputsTakeLinearTime() throws {
    let analyzer = try Analyzer()
    let pieces = [
      "a", "中", "a.", "a,", "'", "_", "-a", "\u{0301}", "中 ", "\n", ".", "+", "a+", "カ", "ก", "각", "1,234", "😀",
      "\u{200B}", "中\n", "\u{202E}", "\u{0007}", "a\u{0301}", "香港科学园", "v1.", "a@", "#", "\u{FDFA}",
    ]
    let buffer = TokenBuffer()
    for piece in pieces {
      let short = Array(String(repeating: piece, count: 20_000).utf8)
      let long = Array(String(repeating: piece, count: 200_000).utf8)
      func best(_ bytes: [UInt8]) -> UInt64 {
        (0..<5).map { _ in
          time { bytes.withUnsafeBufferPointer { _ = analyzer.analyze($0, into: buffer) { _ in } } }
        }.min() ?? 0
      }
      let ratio = Double(best(long)) / Double(max(best(short), 100_000))
      #expect(ratio < 40, "\(piece.debugDescription): ten times the text takes \(ratio) times as long")
    }
  }

  private static let megabyte = 1 << 20
  private static let tenMegabytes = 10 << 20
  private static let longTexts: [(piece: String, size: Int)] = [
    ("x", tenMegabytes), ("科", tenMegabytes), ("香港科學園5G網絡", tenMegabytes), ("abc.def-", tenMegabytes),
    ("ภาษาไทย", tenMegabytes),
    ("カ", megabyte), ("中", megabyte), ("é", megabyte), ("9", megabyte), ("\u{0301}", megabyte), ("\u{202E}", megabyte),
    ("\u{0000}", megabyte), ("\u{E000}", megabyte), ("𠮷", megabyte),
  ]

  /// Ten megabytes without a blank, and one of a single character.
  @Test(arguments: longTexts)
  func longTextsWithoutBlanksAreCovered(piece: String, size: Int) throws {
    let analyzer = try Analyzer()
    let bytes = Array(String(repeating: piece, count: size / piece.utf8.count).utf8)
    var covered = 0
    var last: Int32 = 0
    var isOrdered = true
    let buffer = TokenBuffer()
    let spent = time {
      bytes.withUnsafeBufferPointer { text in
        _ = analyzer.analyze(text, into: buffer) { buffer in
          for index in 0..<buffer.count {
            let token = buffer[index]
            isOrdered = isOrdered && token.position >= last
            last = token.position
            // Every byte between two tokens of the smallest kind would be one that nothing finds.
            if token.kind == .stem || token.kind == .hanCharacter { covered = max(covered, Int(token.endOffset)) }
          }
        }
      }
    }
    #expect(isOrdered)
    let isWord = piece.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    if isWord { #expect(covered >= bytes.count - piece.utf8.count, "\(covered) of \(bytes.count)") }
    #expect(spent < 20_000_000_000, "\(spent) ns")
  }
}
