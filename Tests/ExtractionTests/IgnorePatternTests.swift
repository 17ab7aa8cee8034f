// The language of ignore files, case by case and beside git itself.

import Foundation
import TestSupport
import Testing

@testable import Extraction

@Suite struct IgnorePatternTests {
  private func isIgnored(_ path: String, by lines: String) -> Bool {
    var rules = IgnoreRules()
    rules.add(contentsOf: Array(lines.utf8))
    let isFolder = path.hasSuffix("/")
    let components = path.split(separator: "/").map { Array($0.utf8) }
    return rules.verdict(on: components[...], isFolder: isFolder) == .ignored
  }

  @Test(arguments: [
    ("*.log", "a.log", true), ("*.log", "sub/a.log", true), ("*.log", "a.logs", false),
    ("/a", "a", true), ("/a", "sub/a", false), ("a/b", "a/b", true), ("a/b", "x/a/b", false),
    ("build/", "build/", true), ("build/", "build", false), ("build/", "x/build/", true),
    ("**/foo", "foo", true), ("**/foo", "a/b/foo", true), ("foo/**", "foo/a/b", true), ("foo/**", "foo/", false),
    ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true), ("a/**/b", "a/x/y/c", false),
    ("a/*/b", "a/b", false), ("a/*/b", "a/x/b", true), ("a/*/b", "a/x/y/b", false),
    ("?.txt", "字.txt", true), ("?.txt", "ab.txt", false), ("[a-c].txt", "b.txt", true), ("[!a-c].txt", "b.txt", false),
    ("[^a-c].txt", "d.txt", true), ("[]a].txt", "].txt", true), ("[字文].txt", "文.txt", true), ("[a", "[a", false),
    ("[[:digit:]]x", "5x", true), ("[[:digit:]]x", "ax", false),
    ("\\#a", "#a", true), ("#a", "#a", false), ("\\!a", "!a", true), ("a\\ ", "a ", true), ("a ", "a", true),
    ("*.txt\n!keep.txt", "keep.txt", false), ("!keep.txt\n*.txt", "keep.txt", true),
    ("a*b*c", "axxbyyc", true), ("a*b*c", "axxbyy", false), ("*", "anything", true), ("\u{FEFF}a", "a", true),
    ("a\r\nb", "a", true), ("foo**bar", "fooxbar", true), ("", "a", false), ("/", "a", false), ("**", "a/b", true),
    ("a\\*", "a*", true), ("a\\*", "ab", false), ("doc/*.txt", "doc/a.txt", true), ("doc/*.txt", "doc/x/a.txt", false),
  ]) func matchesAsDocumented(lines: String, path: String, expected: Bool) {
    #expect(isIgnored(path, by: lines) == expected, "\(lines) on \(path)")
  }

  @Test func manyStarsTakeNoExponentialTime() {
    let pattern = String(repeating: "*a", count: 2_000)
    #expect(!isIgnored(String(repeating: "a", count: 1_999), by: pattern))
    let folders = String(repeating: "**/a/", count: 200) + "b"
    #expect(!isIgnored(String(repeating: "a/", count: 400) + "c", by: folders))
  }

  /// The walker leaves out what `git status --ignored` would, for random trees and patterns.
  @Test(arguments: 1...20) func agreesWithGit(seed: Int) throws {
    guard (try? run(["git", "--version"]))?.hasPrefix("git") == true else { return }
    var generator = SeededGenerator(seed: UInt64(seed))
    let folder = try TemporaryFolder()
    let names = ["a", "b", "ab", "a.txt", "b.log", "c"]
    let parts = ["a", "b", "*", "**", "?", "*.txt", "a*", "[ab]", "[!a]", "b.log", "*b", "c"]
    func path(_ depth: Int) -> String {
      (0..<depth).map { _ in names.randomElement(using: &generator) ?? "a" }.joined(separator: "/")
    }
    for _ in 0..<60 {
      // A name may already be a folder, or the other way round.
      _ = try? folder.write(path(Int.random(in: 1...4, using: &generator)))
    }
    for ignoreFile in [".gitignore", "a/.gitignore", "b/.gitignore"] {
      let lines = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
        let body = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
          parts.randomElement(using: &generator) ?? "a"
        }
        let negation = Int.random(in: 0..<4, using: &generator) == 0 ? "!" : ""
        let anchor = Int.random(in: 0..<4, using: &generator) == 0 ? "/" : ""
        let slash = Int.random(in: 0..<4, using: &generator) == 0 ? "/" : ""
        return negation + anchor + body.joined(separator: "/") + slash
      }
      _ = try? folder.write(ignoreFile, lines.joined(separator: "\n"))
    }
    _ = try run(["git", "init", "-q"], in: folder.path)
    let listed = try run(
      ["git", "-c", "core.quotePath=false", "ls-files", "--others", "--exclude-per-directory=.gitignore"],
      in: folder.path)
    let expected = listed.split(separator: "\n").map(String.init).filter { !$0.hasSuffix(".gitignore") }
    let found = try DirectoryWalker(roots: [folder.path]).files().map(\.relativePath)
    #expect(found.sorted() == expected.sorted(), "seed \(seed)")
  }
}
