// Speed of text analysis beside ICU's word break iterator, in one run, interleaved.
//
// usage: AnalysisBenchmark [--analyzer NAME] [--rounds N] FILE…
//
// For each file, two things are timed on one thread: (a) ICU alone, from `setText` over the whole text in UTF-16 to its
// last boundary, driven from C in batches; (b) the analyzer, from UTF-8 bytes to terms with positions and offsets in a
// sink that counts them. The median of the rounds counts, in time of
// the processor; MB are 10^6 bytes of UTF-8.
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

func median(_ values: [UInt64]) -> Double { Double(values.sorted()[values.count / 2]) }

func run() throws {
  var paths: [String] = []
  var name = AnalyzerName.mixed
  var rounds = 5
  var arguments = CommandLine.arguments.dropFirst().makeIterator()
  while let argument = arguments.next() {
    switch argument {
    case "--analyzer": name = arguments.next().flatMap(AnalyzerName.init) ?? .mixed
    case "--rounds": rounds = arguments.next().flatMap { Int($0) } ?? 5
    default: paths.append(argument)
    }
  }
  let analyzer = try Analyzer(AnalyzerConfiguration(name: name))
  let buffer = TokenBuffer()
  for path in paths {
    let bytes = read(path)
    let units = Array(String(decoding: bytes, as: UTF8.self).utf16)
    var icu: [UInt64] = []
    var own: [UInt64] = []
    var boundaries = 0
    var tokens = 0
    var check = 0
    for _ in 0..<max(rounds, 1) {
      var start = nanoseconds()
      boundaries = icuBoundaries(units)
      icu.append(nanoseconds() - start)
      start = nanoseconds()
      tokens = 0
      bytes.withUnsafeBufferPointer { text in
        _ = analyzer.analyze(text, into: buffer) { buffer in
          tokens += buffer.count
          if let last = buffer.withUnsafeTokens({ tokens, _ in tokens.last }) { check &+= Int(last.endOffset) }
        }
      }
      own.append(nanoseconds() - start)
    }
    let size = Double(bytes.count) * 1000
    let icuSpeed = (size / median(icu) * 10).rounded() / 10
    let ownSpeed = (size / median(own) * 10).rounded() / 10
    let ratio = (median(icu) / median(own) * 100).rounded() / 100
    print(
      "\(path): \(bytes.count) bytes; ICU \(icuSpeed) MB/s, \(boundaries) boundaries; \(name.rawValue) \(ownSpeed) MB/s,",
      "\(tokens) tokens; \(ratio) x (check \(check))")
  }
}

try run()
