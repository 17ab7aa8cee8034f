// What the walker finds, in which order, and what it leaves out.

import Foundation
import Testing

@testable import Extraction

@Suite struct DirectoryWalkerTests {
  private func paths(_ roots: [String], excluding: [String] = []) throws -> [String] {
    try DirectoryWalker(roots: roots, excludedFolders: excluding).files().map(\.relativePath)
  }

  private func skipped(_ root: String) throws -> [SkippedFile] {
    var all: [SkippedFile] = []
    try DirectoryWalker(roots: [root]).walk { event in
      if case .skipped(let file) = event { all.append(file) }
    }
    return all
  }

  @Test func filesComeInTheByteOrderOfTheirPaths() throws {
    let folder = try TemporaryFolder()
    let names = ["a/z", "a.txt", "a-b", "a/b/c", "B", "b", "中/文", "中.md", "a0"]
    for name in names { try folder.write(name) }
    #expect(try paths([folder.path]) == names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
  }

  @Test func entriesTellSizeTimeAndPlace() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("sub/a.txt", "12345")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)], ofItemAtPath: file)
    let entry = try #require(try DirectoryWalker(roots: [folder.path + "/"]).files().first)
    #expect(entry.root == folder.path)
    #expect(entry.relativePath == "sub/a.txt")
    #expect(entry.absolutePath == file)
    #expect(entry.size == 5)
    #expect(entry.modificationTimeInNanoseconds == 1_700_000_000_000_000_000)
    #expect(entry.inode > 0)
  }

  @Test func hiddenFilesAndTheIndexAreLeftOut() throws {
    let folder = try TemporaryFolder()
    for name in [".hidden", ".loquat/x", ".git/config", "a/.b/c", "kept", "index/segment"] { try folder.write(name) }
    #expect(try paths([folder.path], excluding: [folder.path + "/index"]) == ["kept"])
  }

  @Test func ignoreFilesHoldInTheirFolderAndBelow() throws {
    let folder = try TemporaryFolder()
    try folder.write(".gitignore", "*.log\nbuild/\n")
    try folder.write("sub/.ignore", "!keep.log\n/only\n")
    try folder.write("sub/deep/.loquatignore", "*.md\n")
    for name in ["a.log", "build/x", "sub/keep.log", "sub/b.log", "sub/only", "sub/deep/only", "sub/deep/a.md", "c"] {
      try folder.write(name)
    }
    #expect(try paths([folder.path]) == ["c", "sub/deep/only", "sub/keep.log"])
  }

  @Test func theLastOfTheThreeIgnoreFilesHasTheLastWord() throws {
    let folder = try TemporaryFolder()
    try folder.write(".gitignore", "a\nb\nc\n")
    try folder.write(".ignore", "!a\n!b\n")
    try folder.write(".loquatignore", "b\n")
    for name in ["a", "b", "c"] { try folder.write(name) }
    #expect(try paths([folder.path]) == ["a"])
  }

  @Test func ignoreFilesAboveTheRootHoldWithinAGitWorkTree() throws {
    let folder = try TemporaryFolder()
    try folder.write(".gitignore", "docs/draft\n*.tmp\n")
    for name in ["docs/draft/a", "docs/b", "docs/c.tmp"] { try folder.write(name) }
    #expect(try paths([folder.path + "/docs"]) == ["b", "c.tmp", "draft/a"])
    try folder.write(".git/HEAD")
    #expect(try paths([folder.path + "/docs"]) == ["b"])
  }

  @Test func linksToFoldersAreNotFollowedAndLinksToFilesAre() throws {
    let folder = try TemporaryFolder()
    try folder.write("a/file")
    for (link, target) in [("a/loop", "../a"), ("link", "a/file"), ("broken", "nowhere")] {
      try FileManager.default.createSymbolicLink(atPath: folder.path + "/" + link, withDestinationPath: target)
    }
    #expect(try paths([folder.path]) == ["a/file", "link"])
    let found = try skipped(folder.path)
    #expect(found.map(\.path) == ["a/loop", "broken"])
    #expect(found.map(\.reason) == [.linkToFolder, .brokenLink])
  }

  @Test func namesThatAreNotUTF8AreReported() throws {
    let folder = try TemporaryFolder()
    try folder.write("good")
    let name = (Array((folder.path + "/").utf8) + [0xFF, 0xFE, 0]).map { CChar(bitPattern: $0) }
    let descriptor = open(name, O_CREAT | O_WRONLY, 0o600)
    #expect(descriptor >= 0)
    close(descriptor)
    #expect(try paths([folder.path]) == ["good"])
    #expect(try skipped(folder.path).map(\.reason) == [.nameNotUTF8])
  }

  @Test func deepFoldersAreReportedAndTheRestGoesOn() throws {
    let folder = try TemporaryFolder()
    try folder.write((0..<220).map { _ in "d" }.joined(separator: "/") + "/x")
    try folder.write("e")
    #expect(try paths([folder.path]) == ["e"])
    #expect(try skipped(folder.path).map(\.reason) == [.tooDeep])
  }

  @Test func aFileGivenByNameIsAlwaysFound() throws {
    let folder = try TemporaryFolder()
    try folder.write(".gitignore", "*\n")
    let file = try folder.write("a.txt")
    let entry = try #require(try DirectoryWalker(roots: [file]).files().first)
    #expect(entry.root == folder.path)
    #expect(entry.relativePath == "a.txt")
  }

  @Test func aMissingRootIsAnErrorThatNamesIt() {
    #expect {
      try DirectoryWalker(roots: ["/no/such/folder"]).files()
    } throws: { error in
      (error as? ExtractionError)?.code == .notFound && (error as? ExtractionError)?.path == "/no/such/folder"
    }
  }
}
