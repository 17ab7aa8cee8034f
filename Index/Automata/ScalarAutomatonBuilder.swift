// Puts an automaton together.

/// Collects states and edges. State 0, the start, is there from the beginning.
struct ScalarAutomatonBuilder {
  private var firstEdges = [ScalarAutomaton.nothing]
  private var edges: [ScalarAutomaton.Edge] = []
  private var isAccepting = [false]
  private var sets: [ScalarSet] = []
  private var setNumbers: [ScalarSet: Int] = [:]

  /// The number of states.
  var stateCount: Int { firstEdges.count }

  /// A new state, without edges.
  mutating func addState() -> Int {
    firstEdges.append(ScalarAutomaton.nothing)
    isAccepting.append(false)
    return firstEdges.count - 1
  }

  /// Makes a state accept.
  mutating func accept(_ state: Int) { isAccepting[state] = true }

  /// Adds an edge that consumes a scalar of a set.
  mutating func addEdge(from source: Int, to target: Int, on set: ScalarSet) {
    var number = setNumbers[set] ?? ScalarAutomaton.nothing
    if number == ScalarAutomaton.nothing {
      number = sets.count
      setNumbers[set] = number
      sets.append(set)
    }
    add(source, target, number)
  }

  /// Adds an edge that consumes nothing.
  mutating func addEdge(from source: Int, to target: Int) { add(source, target, ScalarAutomaton.nothing) }

  /// Adds a state behind another, at an edge that consumes a scalar of a set.
  mutating func addStep(from source: Int, on set: ScalarSet) -> Int {
    let target = addState()
    addEdge(from: source, to: target, on: set)
    return target
  }

  /// The automaton.
  func build() -> ScalarAutomaton {
    ScalarAutomaton(firstEdges: firstEdges, edges: edges, isAccepting: isAccepting, sets: sets)
  }

  private mutating func add(_ source: Int, _ target: Int, _ set: Int) {
    edges.append(ScalarAutomaton.Edge(set: set, target: target, next: firstEdges[source]))
    firstEdges[source] = edges.count - 1
  }
}
