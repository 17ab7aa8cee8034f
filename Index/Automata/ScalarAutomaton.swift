// A nondeterministic automaton over Unicode scalars; every pattern becomes one.

/// States with edges that consume a scalar of a set, or nothing (Thompson, "Regular expression search algorithm", 1968).
/// State 0 is the start.
final class ScalarAutomaton: Sendable {
  /// An edge; the edges of a state are a list.
  struct Edge: Sendable {
    /// The number of the set of which a scalar is consumed, or ``nothing``.
    let set: Int
    let target: Int
    /// The next edge of the same state, or ``nothing``.
    let next: Int
  }

  /// No edge, or no set.
  static let nothing = -1

  /// The first edge of each state, or ``nothing``.
  let firstEdges: [Int]
  let edges: [Edge]
  /// Whether each state accepts.
  let isAccepting: [Bool]
  let sets: [ScalarSet]
  let partition: ScalarPartition

  init(firstEdges: [Int], edges: [Edge], isAccepting: [Bool], sets: [ScalarSet]) {
    self.firstEdges = firstEdges
    self.edges = edges
    self.isAccepting = isAccepting
    self.sets = sets
    partition = ScalarPartition(sets)
  }

  /// Memory for following edges, used again and again.
  struct Workspace {
    fileprivate var marks: [Int]
    fileprivate var mark = 0
    fileprivate var pending: [Int] = []
    fileprivate var found: [Int] = []
  }

  func makeWorkspace() -> Workspace { Workspace(marks: [Int](repeating: 0, count: firstEdges.count)) }

  /// The states before the first scalar, ascending, without those that neither accept nor consume.
  func initialStates(_ workspace: inout Workspace) -> [Int] {
    workspace.mark += 1
    follow(0, &workspace)
    return take(&workspace)
  }

  /// The states behind a scalar; as for ``initialStates(_:)``. O(edges of the states given and found, and sorting).
  func successors(of states: [Int], on scalar: UInt32, _ workspace: inout Workspace) -> [Int] {
    workspace.mark += 1
    for state in states {
      var edge = firstEdges[state]
      while edge != Self.nothing {
        let set = edges[edge].set
        if set != Self.nothing, sets[set].contains(scalar) { follow(edges[edge].target, &workspace) }
        edge = edges[edge].next
      }
    }
    return take(&workspace)
  }

  /// Whether there is any state behind a scalar.
  func hasSuccessor(of states: [Int], on scalar: UInt32) -> Bool {
    for state in states {
      var edge = firstEdges[state]
      while edge != Self.nothing {
        let set = edges[edge].set
        if set != Self.nothing, sets[set].contains(scalar) { return true }
        edge = edges[edge].next
      }
    }
    return false
  }

  /// The UTF-8 text that everything accepted begins with.
  func commonPrefix() -> [UInt8] {
    var workspace = makeWorkspace()
    var prefix: [UInt8] = []
    var states = initialStates(&workspace)
    // The shortest accepted text is shorter than the number of states; the bound ends a walk through states that never
    // reach an accepting one.
    for _ in firstEdges.indices {
      guard let scalar = onlyScalar(consumedBy: states) else { break }
      prefix.append(contentsOf: scalar.utf8)
      states = successors(of: states, on: scalar.value, &workspace)
    }
    return prefix
  }

  /// The scalar that all continuations of the states begin with.
  private func onlyScalar(consumedBy states: [Int]) -> Unicode.Scalar? {
    var only: Unicode.Scalar?
    for state in states {
      if isAccepting[state] { return nil }
      var edge = firstEdges[state]
      while edge != Self.nothing {
        let set = edges[edge].set
        if set != Self.nothing, !sets[set].ranges.isEmpty {
          guard let scalar = sets[set].onlyScalar, only == nil || only == scalar else { return nil }
          only = scalar
        }
        edge = edges[edge].next
      }
    }
    return only
  }

  /// Adds a state and those that edges without a scalar lead to.
  private func follow(_ state: Int, _ workspace: inout Workspace) {
    guard workspace.marks[state] != workspace.mark else { return }
    workspace.marks[state] = workspace.mark
    workspace.pending.append(state)
    while let state = workspace.pending.popLast() {
      var consumes = false
      var edge = firstEdges[state]
      while edge != Self.nothing {
        if edges[edge].set != Self.nothing {
          consumes = true
        } else {
          let target = edges[edge].target
          if workspace.marks[target] != workspace.mark {
            workspace.marks[target] = workspace.mark
            workspace.pending.append(target)
          }
        }
        edge = edges[edge].next
      }
      if consumes || isAccepting[state] { workspace.found.append(state) }
    }
  }

  private func take(_ workspace: inout Workspace) -> [Int] {
    let states = workspace.found.sorted()
    workspace.found.removeAll(keepingCapacity: true)
    return states
  }
}
