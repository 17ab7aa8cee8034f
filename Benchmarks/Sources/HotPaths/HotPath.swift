// A piece of work that is measured by itself.

/// One hot path of the engine with a fixed amount of work.
public struct HotPath {
  /// What it is called in every table; stays the same from version to version.
  public let name: String
  /// Prepares one run. What it returns is what is measured: the same work each time, with a result that depends on it.
  public let prepare: () throws -> (() throws -> Int)

  /// A path whose runs need nothing prepared.
  init(_ name: String, _ run: @escaping () throws -> Int) {
    self.name = name
    prepare = { run }
  }

  /// A path each of whose runs uses up what was prepared for it.
  init(_ name: String, preparing prepare: @escaping () throws -> (() throws -> Int)) {
    self.name = name
    self.prepare = prepare
  }
}

/// All hot paths, for one folder of data.
public enum HotPaths {
  /// Every path, over the data that ``HotPathData/make(in:documents:)`` left in a folder and the index that
  /// ``HotPathData/index(_:in:)`` made of it.
  ///
  /// - Throws: errors of reading either.
  public static func all(_ data: HotPathData, index: String) throws -> [HotPath] {
    try BlockPaths.all() + QueryPaths.all(data, index: index) + AnalysisPaths.all(data) + IndexingPaths.all(data)
  }
}
