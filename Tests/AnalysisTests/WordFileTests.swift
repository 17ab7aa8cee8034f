// The files of words that users write.
import Analysis
import Testing

@Suite struct WordFileTests {
  @Test func wordsAreTakenOncePerLine() throws {
    let text = "\u{FEFF}# a comment\n大灣區\r\n  深水埗  \n\n#\n#tag\n大灣區\n"
    #expect(try WordFile.words(text) == ["#tag", "大灣區", "深水埗"])
    #expect(try WordFile.words("").isEmpty)
  }

  @Test func groupsStandBetweenCommas() throws {
    let text = "的士, 計程車，taxi\n# none\nheart attack,MI\n"
    #expect(try WordFile.synonyms(text) == [["的士", "計程車", "taxi"], ["heart attack", "MI"]])
  }

  @Test(arguments: [("a, b\nlonely\n", 2), ("a => b", 1), ("x,y\n\n , ,\n", 3)])
  func linesThatCannotBeReadAreNamed(text: String, line: Int) throws {
    let error = #expect(throws: WordFile.LineError.self) { try WordFile.synonyms(text) }
    #expect(error?.line == line)
  }
}
