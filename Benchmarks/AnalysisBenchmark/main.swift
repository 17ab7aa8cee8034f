// Speed of text analysis beside ICU's word break iterator, in one run, interleaved.
//
// usage: AnalysisBenchmark [--analyzer NAME] [--rounds N] [--boundaries] FILE…
//
// Each file is cut at line ends into pieces of about 1 MB. For each piece, three things are timed on one thread, one
// after another, so that a change of the processor's speed meets all of them: (a) ICU alone, from `setText` over the
// whole piece in UTF-16 to its last boundary, driven from C in batches; (b) the analyzer, from UTF-8 bytes to terms
// with positions and offsets in a sink that counts them, having seen the text before; (c) an analyzer that has seen no
// text before this file, so that every stem is asked of the library the first time. Times of a round are sums over the
// pieces, in time of the processor; the median of the rounds counts, for ratios that of each round's ratio. MB are 10^6
// bytes of UTF-8. `--boundaries` compares the words of each run of Han characters and kana with
// those of ICU's iterator on the folded run.
import Analysis
import CICU

#if canImport(Glibc)
  @preconcurrency import Glibc
#endif

func nanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

func read(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "rb") else { return [] }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = fread(&block, 1, block.count, file)
    if count == 0 { return bytes }
    bytes += block[..<count]
  }
}

func icuBoundaries(_ units: [UInt16]) -> Int {
  guard let breaker = cicu_breaker_open() else { return 0 }
  defer { cicu_breaker_close(breaker) }
  var ends = [Int32](repeating: 0, count: 4096)
  var count = 0
  units.withUnsafeBufferPointer { text in
    guard cicu_breaker_set_text(breaker, text.baseAddress, Int32(text.count)) != 0 else { return }
    while true {
      let found = Int(cicu_breaker_next(breaker, &ends, nil, 4096))
      if found == 0 { return }
      count += found
    }
  }
  return count
}

/// The ends of the words of a run, in UTF-16 units.
func icuEnds(_ units: [UInt16]) -> [Int32] {
  guard let breaker = cicu_breaker_open() else { return [] }
  defer { cicu_breaker_close(breaker) }
  var ends = [Int32](repeating: 0, count: units.count + 1)
  return units.withUnsafeBufferPointer { text in
    guard cicu_breaker_set_text(breaker, text.baseAddress, Int32(text.count)) != 0 else { return [] }
    return Array(ends[..<Int(cicu_breaker_next(breaker, &ends, nil, Int32(ends.count)))])
  }
}

/// How many word boundaries a text has in runs of Han characters and kana by both, by ICU, and by the analyzer.
func compareBoundaries(_ text: String, _ analyzer: Analyzer) -> (both: Int, icu: Int, own: Int) {
  let buffer = TokenBuffer()
  var result = (both: 0, icu: 0, own: 0)
  let isIdeographic = { (scalar: Unicode.Scalar) in
    (0x3400...0x9FFF).contains(scalar.value) || (0x3041...0x30FE).contains(scalar.value) && scalar.value != 0x30FB
  }
  for run in analyzer.fold(text).unicodeScalars.split(whereSeparator: { !isIdeographic($0) }) {
    var run = String(String.UnicodeScalarView(run))
    let icu = Set(icuEnds(Array(run.utf16)))
    var own: Set<Int32> = []
    var end: Int32 = 0
    run.withUTF8 { bytes in
      _ = analyzer.analyze(bytes, into: buffer) { buffer in
        for index in 0..<buffer.count where buffer[index].kind == .hanWord {
          end += Int32(buffer.term(buffer[index]).utf16.count)
          own.insert(end)
        }
      }
    }
    result.both += icu.intersection(own).count
    result.icu += icu.count
    result.own += own.count
  }
  return result
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

/// Pieces of a megabyte or little more, each ending at the end of a line.
func pieces(_ bytes: [UInt8]) -> [Range<Int>] {
  var pieces: [Range<Int>] = []
  var start = 0
  while start < bytes.count {
    let least = min(start + 1_000_000, bytes.count)
    let end = bytes[least...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
    pieces.append(start..<end)
    start = end
  }
  return pieces
}

func run() throws {
  var paths: [String] = []
  var name = AnalyzerName.mixed
  var rounds = 5
  var comparesBoundaries = false
  var arguments = CommandLine.arguments.dropFirst().makeIterator()
  while let argument = arguments.next() {
    switch argument {
    case "--analyzer": name = arguments.next().flatMap(AnalyzerName.init) ?? .mixed
    case "--rounds": rounds = arguments.next().flatMap { Int($0) } ?? 5
    case "--boundaries": comparesBoundaries = true
    default: paths.append(argument)
    }
  }
  let analyzer = try Analyzer(AnalyzerConfiguration(name: name))
  let buffer = TokenBuffer()
  for path in paths {
    let bytes = read(path)
    let pieces = pieces(bytes)
    let units = pieces.map { Array(String(decoding: bytes[$0], as: UTF8.self).utf16) }
    var boundaries = 0
    var tokens = 0
    var check = 0
    func time(_ analyzer: Analyzer, _ piece: Range<Int>) -> UInt64 {
      let start = nanoseconds()
      bytes.withUnsafeBufferPointer { text in
        _ = analyzer.analyze(UnsafeBufferPointer(rebasing: text[piece]), into: buffer) { buffer in
          tokens += buffer.count
          if let last = buffer.withUnsafeTokens({ tokens, _ in tokens.last }) { check &+= Int(last.endOffset) }
        }
      }
      return nanoseconds() - start
    }
    for piece in pieces { _ = time(analyzer, piece) }
    var times: [(icu: UInt64, seen: UInt64, first: UInt64)] = []
    for _ in 0..<max(rounds, 1) {
      let new = try Analyzer(AnalyzerConfiguration(name: name))
      var round: (icu: UInt64, seen: UInt64, first: UInt64) = (0, 0, 0)
      (boundaries, tokens, check) = (0, 0, 0)
      for (piece, units) in zip(pieces, units) {
        let start = nanoseconds()
        boundaries += icuBoundaries(units)
        round.icu += nanoseconds() - start
        round.seen += time(analyzer, piece)
        round.first += time(new, piece)
      }
      times.append(round)
    }
    let speed = { (times: [UInt64]) in rounded(median(times.map { Double(bytes.count) * 1000 / Double($0) })) }
    let ratio = { (times: [(UInt64, UInt64)]) in rounded(median(times.map { Double($0.0) / Double($0.1) })) }
    print("\(path): \(bytes.count) bytes, \(boundaries) boundaries, \(tokens / 2) tokens (check \(check))")
    print("  ICU alone           \(speed(times.map(\.icu))) MB/s")
    print(
      "  \(name.rawValue), text seen     \(speed(times.map(\.seen))) MB/s, \(ratio(times.map { ($0.icu, $0.seen) })) x")
    print(
      "  \(name.rawValue), first pass    \(speed(times.map(\.first))) MB/s, \(ratio(times.map { ($0.icu, $0.first) })) x"
    )
    if comparesBoundaries {
      let (both, icu, own) = compareBoundaries(String(decoding: bytes, as: UTF8.self), analyzer)
      print("  boundaries in runs: \(both) equal, \(icu) of ICU, \(own) of \(name.rawValue)")
    }
  }
}

try run()
