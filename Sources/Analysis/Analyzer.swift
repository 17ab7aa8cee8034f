// From text to tokens.

/// Turns text into tokens, the same way for documents and for queries.
///
/// The scripts are told apart by character: words of scripts written with spaces are folded and, in English letters,
/// stemmed; runs of Han characters, kana, Thai and the like yield dictionary words, bigrams and characters. Folding
/// comes first, so that Simplified and Traditional forms, cases, widths and accents make no difference.
///
/// An analyzer holds scratch memory and belongs to one thread at a time; after the first, one costs little to make.
public final class Analyzer {
  /// No term is longer than this, in bytes: longer words come in pieces at successive positions.
  public static let maximumTermLength = 4096

  /// What the analyzer was made from.
  public let configuration: AnalyzerConfiguration
  var resources: ScannerResources
  let words: AnalyzerWords
  private var queryBuffer: TokenBuffer?

  /// Opens an analyzer. Throws `AnalysisError` when ICU's data or the stemmer is missing.
  public init(_ configuration: AnalyzerConfiguration = AnalyzerConfiguration()) throws {
    self.configuration = configuration
    words = try AnalyzerWords.of(configuration)
    resources = try ScannerResources(
      stems: configuration.name == .mixed || configuration.name == .english,
      hanWords: configuration.name == .mixed || configuration.name == .chinese, userWords: words.userWords)
  }

  deinit { resources.deallocate() }

  /// Tokenizes UTF-8, in linear time. Ill-formed bytes separate words. `flush` is called whenever the buffer holds about
  /// a thousand tokens and at the end, and finds it filled; afterwards it is emptied. Positions ascend; the tokens
  /// of one position stand together, the longest first. Text beyond 4 GiB isn't read.
  ///
  /// - Parameter firstPosition: the position of the first token, for texts that share one space of positions.
  /// - Returns: the next free position; a gap after it is the caller's to leave.
  public func analyze(
    _ text: UnsafeBufferPointer<UInt8>, firstPosition: Int32 = 0, into buffer: TokenBuffer,
    flush: (TokenBuffer) throws -> Void
  ) rethrows -> Int32 {
    let text = UnsafeBufferPointer(rebasing: text.prefix(Int(UInt32.max)))
    buffer.removeAll()
    if configuration.name == .whitespace {
      var scanner = WhitespaceScanner(text, firstPosition: firstPosition, writer: buffer.writer)
      var isDone = false
      repeat {
        isDone = scanner.scan()
        buffer.writer = scanner.writer
        defer { buffer.removeAll() }
        try flush(buffer)
        scanner.writer.removeAll()
      } while !isDone
      return scanner.position
    }
    var scanner = TextScanner(text, firstPosition: firstPosition, writer: buffer.writer, resources: resources)
    var isDone = false
    repeat {
      isDone = scanner.scan()
      buffer.writer = scanner.writer
      defer { buffer.removeAll() }
      try flush(buffer)
      scanner.writer.removeAll()
    } while !isDone
    return scanner.position
  }

  /// The buffer that queries are analysed in.
  func sharedQueryBuffer() -> TokenBuffer {
    if let queryBuffer { return queryBuffer }
    let buffer = TokenBuffer()
    queryBuffer = buffer
    return buffer
  }

  /// Folds text as terms are folded, without stemming: for prefixes, wildcards and fuzzy terms.
  public func fold(_ text: String) -> String {
    configuration.name == .whitespace ? text : Folding.fold(text)
  }
}
