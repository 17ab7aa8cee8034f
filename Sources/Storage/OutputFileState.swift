// What the output files of all directories have in common.

/// The rule that a file that failed once fails for ever.
package enum OutputFileState {
  /// - Throws: `writerPoisoned` when there was a failure.
  package static func throwPoisoned(_ failure: IndexError?, _ name: String) throws(IndexError) {
    guard let failure else { return }
    throw IndexError(
      .writerPoisoned, "an earlier failure lost this file (\(failure.message))", file: name, errno: failure.errno)
  }
}
