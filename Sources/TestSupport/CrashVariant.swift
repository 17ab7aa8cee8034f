// What a power cut can leave behind.

/// One way in which what was not synced survives a power cut or does not. What was synced always does.
public enum CrashVariant: Hashable, Sendable {
  /// Nothing that was not synced is there: no byte, no name, no removal.
  case dropUnsynced
  /// Names are as they were last, but files lack the bytes that were not synced.
  case dropUnsyncedBytes
  /// Everything is there as it was last.
  case keepAll
  /// Of the sectors (512 or 4096 bytes) that were not synced some are there and the others are zeros or cut off; of the
  /// changes of names some took place.
  case keepRandomSectors(sectorSize: Int)
  /// Everything is there but for the end of the last sector of each file that was not synced, which is garbage.
  case tearLastSector
  /// Files have the length they had last, with zeros for the bytes that were not synced.
  case growWithZeros
  /// Files have the length they had last, with garbage for the bytes that were not synced.
  case growWithGarbage
  /// Everything is there but for one change of a name that was not synced, counted from 0.
  case undoNameChange(Int)
  /// Of the changes of names, removals and creations took place and renamings did not.
  case keepRemovalsLoseRenames

  /// All variants for a state with this many changes of names that are not synced.
  public static func all(unsyncedNameChanges: Int) -> [CrashVariant] {
    [
      .dropUnsynced, .dropUnsyncedBytes, .keepAll, .keepRandomSectors(sectorSize: 512),
      .keepRandomSectors(sectorSize: 4096), .tearLastSector, .growWithZeros, .growWithGarbage,
      .keepRemovalsLoseRenames,
    ] + (0..<unsyncedNameChanges).map { .undoNameChange($0) }
  }
}
