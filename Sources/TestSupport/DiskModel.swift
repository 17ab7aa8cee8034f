// What is in the cache and what is on the disk.

public import Storage

/// A directory as a sequence of operations leaves it: the bytes and names that programs see, and those that a power cut
/// cannot take. The bytes of files and the names are synced separately.
///
/// A sync that failed leaves its bytes or names where they are, but marks them as written: later syncs report success
/// and do not make them durable (Rebello et al., "Can applications recover from fsync failures?", USENIX ATC 2020).
public struct DiskModel: Sendable {
  struct File: Sendable {
    /// All bytes that were written; files only grow.
    var bytes: [UInt8] = []
    /// The length that is durable.
    var durableLength = 0
    /// Ranges whose sync failed. Never durable.
    var lost: [Range<Int>] = []

    /// The file as it is on the disk, cut or filled up to `length` by `fill`.
    func durable(length: Int, fill: (Int) -> UInt8) -> [UInt8] {
      var image = Array(bytes.prefix(length))
      for offset in min(durableLength, length)..<length { image[offset] = fill(offset) }
      for range in lost {
        for offset in range.clamped(to: 0..<length) { image[offset] = fill(offset) }
      }
      return image
    }

    /// Ranges that a power cut may take.
    var endangered: [Range<Int>] {
      let unsynced = durableLength..<bytes.count
      return lost.filter { $0.upperBound <= durableLength } + (unsynced.isEmpty ? [] : [unsynced])
    }
  }

  struct NameChange: Sendable {
    enum Kind: Sendable {
      case create(String), rename(String, String), remove(String)
    }
    let kind: Kind
    let file: Int
    var isLost = false

    func apply(to names: inout [String: Int]) {
      switch kind {
      case .create(let name): names[name] = file
      case .rename(let from, let to):
        if names[from] == file { names[from] = nil }
        names[to] = file
      case .remove(let name): if names[name] == file { names[name] = nil }
      }
    }
  }

  var files: [Int: File] = [:]
  /// The names that programs see.
  var names: [String: Int] = [:]
  private var durableNames: [String: Int] = [:]
  private var nameChanges: [NameChange] = []

  /// The state of a directory whose contents are durable. Its files get the numbers from 0 on, in the order of their
  /// names.
  init(contentsOf directory: any Directory) throws(IndexError) {
    for name in try directory.list().sorted() {
      let bytes = try directory.open(name)
      let contents = unsafe [UInt8](bytes.bytes)
      durableNames[name] = files.count
      files[files.count] = File(bytes: contents, durableLength: contents.count)
    }
    names = durableNames
  }

  /// The changes of names that a power cut may undo.
  public var unsyncedNameChanges: Int { nameChanges.count }

  /// Bytes in all files that have a name.
  var byteCount: Int { names.values.reduce(0) { $0 + (files[$1]?.bytes.count ?? 0) } }

  /// Takes an operation into account.
  public mutating func apply(_ operation: DirectoryOperation) {
    let number = operation.fileNumber
    let failed = operation.injectedError != nil
    switch operation.kind {
    case .write: files[number]?.bytes += operation.bytes
    case .sync: sync(file: number, failed: failed)
    case .syncDirectory: syncNames(failed: failed)
    case .create where !failed:
      files[number] = File()
      change(NameChange(kind: .create(operation.file), file: number))
    case .rename where !failed:
      if let newName = operation.newName {
        change(NameChange(kind: .rename(operation.file, newName), file: number))
      }
    case .remove where !failed: change(NameChange(kind: .remove(operation.file), file: number))
    default: break
    }
  }

  private mutating func change(_ change: NameChange) {
    change.apply(to: &names)
    nameChanges.append(change)
  }

  private mutating func sync(file number: Int, failed: Bool) {
    guard var file = files[number] else { return }
    if failed, file.durableLength < file.bytes.count { file.lost.append(file.durableLength..<file.bytes.count) }
    if !failed { file.durableLength = file.bytes.count }
    files[number] = file
  }

  private mutating func syncNames(failed: Bool) {
    if failed {
      for place in nameChanges.indices { nameChanges[place].isLost = true }
    } else {
      for change in nameChanges where !change.isLost { change.apply(to: &durableNames) }
      nameChanges.removeAll { !$0.isLost }
    }
  }

  /// What a power cut leaves, as a directory. The same for the same seed.
  public func afterCrash(_ variant: CrashVariant, seed: UInt64) -> MemoryDirectory {
    var generator = SeededGenerator(seed: seed)
    var left = durableNames
    for (place, change) in nameChanges.enumerated()
    where Self.survives(change, place, variant, &generator) { change.apply(to: &left) }
    var contents: [String: [UInt8]] = [:]
    for (name, number) in left.sorted(by: { $0.key < $1.key }) {
      guard let file = files[number] else { continue }
      contents[name] = Self.image(of: file, variant, &generator)
    }
    // The names were those of files before, so they are well formed.
    return (try? MemoryDirectory(files: contents)) ?? MemoryDirectory()
  }

  private static func survives(
    _ change: NameChange, _ place: Int, _ variant: CrashVariant, _ generator: inout SeededGenerator
  ) -> Bool {
    switch variant {
    case .dropUnsynced: false
    case .undoNameChange(let undone): place != undone
    case .keepRandomSectors: Bool.random(using: &generator)
    case .keepRemovalsLoseRenames: if case .rename = change.kind { false } else { true }
    case .dropUnsyncedBytes, .keepAll, .tearLastSector, .growWithZeros, .growWithGarbage: true
    }
  }

  private static func image(of file: File, _ variant: CrashVariant, _ generator: inout SeededGenerator) -> [UInt8] {
    switch variant {
    case .dropUnsynced, .dropUnsyncedBytes:
      return file.durable(length: file.durableLength) { _ in 0 }
    case .keepAll, .undoNameChange, .keepRemovalsLoseRenames:
      var image = file.bytes
      for range in file.lost { for offset in range { image[offset] = 0 } }
      return image
    case .growWithZeros:
      return file.durable(length: file.bytes.count) { _ in 0 }
    case .growWithGarbage:
      var noise = SeededGenerator(seed: generator.next())
      return file.durable(length: file.bytes.count) { _ in UInt8.random(in: 0...255, using: &noise) }
    case .tearLastSector:
      var image = file.bytes
      guard let last = file.endangered.last else { return image }
      let sector = max(last.lowerBound, (last.upperBound - 1) / 512 * 512)
      for offset in Int.random(in: sector..<last.upperBound, using: &generator)..<last.upperBound {
        image[offset] = UInt8.random(in: 0...255, using: &generator)
      }
      return image
    case .keepRandomSectors(let sectorSize):
      return randomSectors(of: file, sectorSize, &generator)
    }
  }

  private static func randomSectors(
    of file: File, _ sectorSize: Int, _ generator: inout SeededGenerator
  ) -> [UInt8] {
    var image = file.bytes
    var length = file.durableLength
    for range in file.endangered {
      var start = range.lowerBound
      while start < range.upperBound {
        let end = min(range.upperBound, (start / sectorSize + 1) * sectorSize)
        if Bool.random(using: &generator) {
          length = max(length, end)
        } else {
          for offset in start..<end { image[offset] = 0 }
        }
        start = end
      }
    }
    // The length is recorded apart from the bytes: it may be that of the last write or cover just what is there.
    if Bool.random(using: &generator) { image.removeSubrange(length...) }
    return image
  }
}
