// The options that give an index words of its user's.

import ArgumentParser
import FoundationEssentials
import Loquat

/// Files of words. The index keeps what stands in them, so that later runs and searches need none.
struct WordFileOptions: ParsableArguments {
  @Option(help: "A file of words for the dictionary of Chinese and other words written without spaces, one a line.")
  var userWords: String?

  @Option(help: "A file of words that stand for each other in searches: a group a line, commas between its words.")
  var synonyms: String?

  @Option(help: "A file of stop words in place of the built-in ones, one a line.")
  var stopWords: String?

  /// A configuration with the words of the files that are named, and its own otherwise.
  func applied(to configuration: AnalyzerConfiguration) throws -> AnalyzerConfiguration {
    var configuration = configuration
    if let userWords { configuration.userWords = try read(userWords, WordFile.words) }
    if let synonyms { configuration.synonyms = try read(synonyms, WordFile.synonyms) }
    if let stopWords { configuration.stopWords = try read(stopWords, WordFile.words) }
    return configuration
  }

  private func read<Words>(_ path: String, _ parse: (String) throws(WordFile.LineError) -> Words) throws -> Words {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { throw CommandError("\(path) cannot be read") }
    guard let text = String(validating: data, as: UTF8.self) else { throw CommandError("\(path) is not in UTF-8") }
    do throws(WordFile.LineError) {
      return try parse(text)
    } catch {
      throw CommandError("\(path): \(error)")
    }
  }
}
