// Fuzzes the readers of an index: whatever files hold behind right checksums, opening, checking, searching and merging
// them ends with an answer or a typed error. `HostileInput` says what the bytes do to the files.

import CFuzzer
import TestSupport

nonisolated(unsafe) let hostile = try HostileInput()
/// How many inputs left the index without a fault, so that no optimiser can leave the work out.
nonisolated(unsafe) var clean = 0

nonisolated func test(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    if try hostile.read(Array(UnsafeBufferPointer(start: data, count: count))) { clean += 1 }
  } catch {
    fatalError("an error that is none of the index: \(error)")
  }
  return 0
}

var argumentCount = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
let status = LLVMFuzzerRunDriver(&argumentCount, &arguments, test)
print("\(clean) indexes were without a fault")
if status != 0 { fatalError("libFuzzer ended with status \(status)") }
