// Runs an automaton over terms, and makes it deterministic on the way.

/// Follows all states of an automaton at once, and remembers each set of states it has met with where the classes of
/// scalars lead from it (Aho, Sethi, Ullman, "Compilers", 1986, section 3.7). A scalar met before in the same set costs a
/// look into a table; a new one costs the states and edges of the set, however the pattern is made. The table is bounded:
/// when it is full it is emptied.
///
/// It keeps the set before each scalar of the last term, to go on from where the next term differs, and to tell which
/// terms come next when no term with the same beginning can be accepted.
struct ScalarMatcher: TermMatcher {
  /// How many numbers the table and the sets together may hold; at most 8 MiB.
  private static let tableLimit = 1 << 20
  /// In the table: not known yet.
  private static let unknown: Int32 = -2
  /// In the table: no term goes on so. In `path`: within a scalar, or forgotten.
  private static let none: Int32 = -1

  private let automaton: ScalarAutomaton
  private let partition: ScalarPartition
  private let classCount: Int
  private let limit: Int
  private var workspace: ScalarAutomaton.Workspace

  // The deterministic states: their numbers, their sets, and where each class of scalars leads.
  private var numbers: [[Int]: Int32] = [:]
  private var members: [[Int]] = []
  private var isAccepting: [Bool] = []
  private var table: [Int32] = []
  private var memberCount = 0
  private var timesEmptied = 0

  // The bytes of the last term that were matched, and the state before each of them and behind the last.
  private var matched: [UInt8] = []
  private var path: [Int32] = [ScalarMatcher.none]

  init(_ automaton: ScalarAutomaton, tableLimit: Int = ScalarMatcher.tableLimit) {
    self.automaton = automaton
    partition = automaton.partition
    classCount = partition.representatives.count
    limit = tableLimit
    workspace = automaton.makeWorkspace()
  }

  mutating func match(_ term: [UInt8], nextCandidate: inout [UInt8]) -> TermVerdict {
    rewind(to: term)
    var position = matched.count
    var state = path[position]
    while position < term.count {
      // A term that is not UTF-8 is not accepted.
      guard let decoded = UTF8Decoding.scalar(of: term, at: position) else { return .rejected }
      state = successor(of: state, on: partition.classNumber(of: decoded.scalar))
      if state == Self.none { return skip(term, from: position, &nextCandidate) }
      for _ in 1..<decoded.length { path.append(Self.none) }
      path.append(state)
      let end = position + decoded.length
      while position < end {
        matched.append(term[position])
        position += 1
      }
    }
    return isAccepting[Int(state)] ? .accepted : .rejected
  }

  /// Forgets what was matched behind the beginning that the last term shares with this one.
  private mutating func rewind(to term: [UInt8]) {
    let most = min(matched.count, term.count)
    var shared = 0
    while shared < most, matched[shared] == term[shared] { shared += 1 }
    while shared > 0, path[shared] == Self.none { shared -= 1 }
    matched.removeLast(matched.count - shared)
    path.removeLast(path.count - shared - 1)
    if path[shared] == Self.none { path[shared] = number(automaton.initialStates(&workspace)) }
  }

  /// Finds the least continuation above a term that is rejected at the scalar at `position`.
  private mutating func skip(_ term: [UInt8], from position: Int, _ nextCandidate: inout [UInt8]) -> TermVerdict {
    var position = position
    while true {
      guard path[position] != Self.none, let decoded = UTF8Decoding.scalar(of: term, at: position) else {
        return .rejected
      }
      if let next = nextScalar(after: decoded.scalar, from: path[position]) {
        nextCandidate.removeAll(keepingCapacity: true)
        for index in 0..<position { nextCandidate.append(term[index]) }
        nextCandidate.append(contentsOf: next.utf8)
        return .skip
      }
      if position == 0 { return .exhausted }
      position -= 1
      while position > 0, path[position] == Self.none { position -= 1 }
    }
  }

  /// The first scalar above another with which a term can go on from a state. The order of scalars is that of their bytes.
  private mutating func nextScalar(after scalar: UInt32, from state: Int32) -> Unicode.Scalar? {
    var interval = partition.interval(of: scalar + 1)
    var candidate = scalar + 1
    while interval < partition.starts.count {
      if let scalar = Unicode.Scalar(candidate), canGoOn(from: state, on: partition.classes[interval]) { return scalar }
      interval += 1
      if interval < partition.starts.count { candidate = partition.starts[interval] }
    }
    return nil
  }

  private mutating func canGoOn(from state: Int32, on classNumber: Int) -> Bool {
    let entry = Int(state) * classCount + classNumber
    if table[entry] != Self.unknown { return table[entry] != Self.none }
    if automaton.hasSuccessor(of: members[Int(state)], on: partition.representatives[classNumber]) {
      return true
    }
    table[entry] = Self.none
    return false
  }

  /// The state behind a scalar of a class.
  private mutating func successor(of state: Int32, on classNumber: Int) -> Int32 {
    let entry = Int(state) * classCount + classNumber
    if table[entry] != Self.unknown { return table[entry] }
    let set = automaton.successors(
      of: members[Int(state)], on: partition.representatives[classNumber], &workspace)
    if set.isEmpty {
      table[entry] = Self.none
      return Self.none
    }
    let before = timesEmptied
    let next = number(set)
    // When the table was emptied for it, `state` has gone.
    if timesEmptied == before { table[entry] = next }
    return next
  }

  /// The number of a set of states, new or known.
  private mutating func number(_ set: [Int]) -> Int32 {
    if let number = numbers[set] { return number }
    if !members.isEmpty, table.count + classCount + memberCount + set.count > limit { forget() }
    let number = Int32(members.count)
    numbers[set] = number
    members.append(set)
    memberCount += set.count
    isAccepting.append(set.contains { automaton.isAccepting[$0] })
    table.append(contentsOf: repeatElement(Self.unknown, count: classCount))
    return number
  }

  private mutating func forget() {
    numbers.removeAll()
    members.removeAll()
    isAccepting.removeAll()
    table.removeAll(keepingCapacity: true)
    memberCount = 0
    timesEmptied += 1
    for index in path.indices { path[index] = Self.none }
  }
}
