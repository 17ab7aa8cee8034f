// Taking note of the words of documents while they are written, or not.

/// What the writer reports each word to.
protocol WordRecording {
  init()
  /// Takes note of the word in the `count` bytes from `start`.
  mutating func record(_ start: UnsafeRawPointer, count: Int)
  /// The hashes noted since the last call.
  mutating func takeHashes() -> [UInt64]
}
