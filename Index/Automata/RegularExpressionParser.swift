// Reads regular expressions.

/// A parser by recursive descent; the nesting of groups is bounded, and so is the depth of the recursion.
struct RegularExpressionParser {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var end: Int
  private var nesting = 0

  /// Reads a whole pattern.
  static func parse(_ pattern: String) throws(RegularExpressionError) -> RegularExpressionNode {
    var parser = try RegularExpressionParser(pattern)
    let node = try parser.alternation()
    if parser.position < parser.end {
      throw RegularExpressionError(message: "a group is closed that was not opened", position: parser.position)
    }
    return node
  }

  private init(_ pattern: String) throws(RegularExpressionError) {
    let limit = RegularExpressionAutomaton.patternLengthLimit
    scalars = Array(pattern.unicodeScalars.prefix(limit + 1))
    guard scalars.count <= limit else {
      throw RegularExpressionError(message: "a pattern has at most \(limit) characters", position: limit)
    }
    end = scalars.count
    if scalars.first == "^" { position = 1 }
    if end > position, scalars[end - 1] == "$" {
      let backslashes = scalars[..<(end - 1)].reversed().prefix { $0 == "\\" }.count
      if backslashes.isMultiple(of: 2) { end -= 1 }
    }
  }

  private mutating func alternation() throws(RegularExpressionError) -> RegularExpressionNode {
    var alternatives = [try concatenation()]
    while peek() == "|" {
      position += 1
      alternatives.append(try concatenation())
    }
    return alternatives.count == 1 ? alternatives[0] : .alternation(alternatives)
  }

  private mutating func concatenation() throws(RegularExpressionError) -> RegularExpressionNode {
    var parts: [RegularExpressionNode] = []
    while let next = peek(), next != "|", next != ")" {
      let part = try repetition()
      if case .empty = part { continue }
      parts.append(part)
    }
    switch parts.count {
    case 0: return .empty
    case 1: return parts[0]
    default: return .concatenation(parts)
    }
  }

  private mutating func repetition() throws(RegularExpressionError) -> RegularExpressionNode {
    let node = try atom()
    let operatorPosition = position
    guard let (minimum, maximum) = try repetitionOperator() else { return node }
    if let next = peek(), "*+?{".unicodeScalars.contains(next) {
      throw fault("a repetition follows a repetition; put the first in parentheses")
    }
    if case .empty = node { return .empty }
    if maximum == 0 { return .empty }
    return .repetition(node, minimum: minimum, maximum: maximum, position: operatorPosition)
  }

  private mutating func repetitionOperator() throws(RegularExpressionError) -> (minimum: Int, maximum: Int?)? {
    switch peek() {
    case "*":
      position += 1
      return (0, nil)
    case "+":
      position += 1
      return (1, nil)
    case "?":
      position += 1
      return (0, 1)
    case "{":
      let start = position
      position += 1
      let minimum = try number()
      var maximum: Int? = minimum
      if peek() == "," {
        position += 1
        maximum = peek() == "}" ? nil : try number()
      }
      guard peek() == "}" else { throw fault("a count of repetitions is not closed by a brace") }
      position += 1
      if let maximum, maximum < minimum {
        throw RegularExpressionError(message: "the counts of a repetition are out of order", position: start)
      }
      return (minimum, maximum)
    default: return nil
    }
  }

  private mutating func number() throws(RegularExpressionError) -> Int {
    let start = position
    let limit = RegularExpressionAutomaton.repetitionLimit
    var value = 0
    while let next = peek(), ("0"..."9").contains(next) {
      value = value * 10 + Int(next.value - 0x30)
      if value > limit {
        throw RegularExpressionError(message: "a part is repeated at most \(limit) times", position: start)
      }
      position += 1
    }
    if position == start { throw fault("a count of repetitions is expected") }
    return value
  }

  private mutating func atom() throws(RegularExpressionError) -> RegularExpressionNode {
    let start = position
    guard let next = take() else { throw fault("the pattern ends early") }
    switch next {
    case "(": return try group(openedAt: start)
    case "[": return .set(try scalarClass(openedAt: start))
    case ".": return .set(.all)
    case "\\": return .set(try escape(at: start).set)
    case "*", "+", "?", "{":
      throw RegularExpressionError(message: "there is nothing to repeat", position: start)
    case "^":
      throw RegularExpressionError(message: "an unescaped ^ stands only at the beginning", position: start)
    case "$":
      throw RegularExpressionError(message: "an unescaped $ stands only at the end", position: start)
    default: return .set(ScalarSet(next))
    }
  }

  private mutating func group(openedAt start: Int) throws(RegularExpressionError) -> RegularExpressionNode {
    nesting += 1
    guard nesting <= RegularExpressionAutomaton.nestingLimit else {
      throw RegularExpressionError(
        message: "groups are nested at most \(RegularExpressionAutomaton.nestingLimit) deep", position: start)
    }
    if peek() == "?" {
      position += 1
      guard take() == ":" else {
        throw RegularExpressionError(message: "groups with options are not supported", position: start)
      }
    }
    let node = try alternation()
    guard take() == ")" else { throw RegularExpressionError(message: "a group is not closed", position: start) }
    nesting -= 1
    return node
  }

  /// What stands between brackets, the first of which has been read.
  private mutating func scalarClass(openedAt start: Int) throws(RegularExpressionError) -> ScalarSet {
    var ranges: [ScalarSet.Range] = []
    var isInverted = false
    if peek() == "^" {
      isInverted = true
      position += 1
    }
    let first = position
    while true {
      let itemStart = position
      guard let lower = try classItem() else {
        throw RegularExpressionError(message: "a class of characters is not closed", position: start)
      }
      if case .bracket = lower, itemStart > first { break }
      // A hyphen before the closing bracket is one of the characters.
      if peek() == "-", position + 1 < end, scalars[position + 1] != "]" {
        position += 1
        guard let low = lower.scalar, let high = try classItem()?.scalar, low <= high else {
          throw RegularExpressionError(message: "a range of characters is out of order", position: itemStart)
        }
        ranges.append(low.value...high.value)
      } else {
        ranges += lower.set.ranges
      }
    }
    let set = ScalarSet(ranges)
    return isInverted ? set.inverted : set
  }

  /// A character, a set, or the bracket that closes a class unless it is the first in it.
  private enum Item {
    case one(Unicode.Scalar)
    case several(ScalarSet)
    case bracket

    var scalar: Unicode.Scalar? {
      switch self {
      case .one(let scalar): scalar
      case .several: nil
      case .bracket: "]"
      }
    }

    var set: ScalarSet {
      switch self {
      case .several(let set): set
      case .one(let scalar): ScalarSet(scalar)
      case .bracket: ScalarSet("]")
      }
    }
  }

  private mutating func classItem() throws(RegularExpressionError) -> Item? {
    let start = position
    switch take() {
    case nil: return nil
    case "]": return .bracket
    case "\\": return try escape(at: start)
    case let scalar?: return .one(scalar)
    }
  }

  /// What a backslash, which has been read, and the characters behind it stand for.
  private mutating func escape(at start: Int) throws(RegularExpressionError) -> Item {
    guard let next = take() else {
      throw RegularExpressionError(message: "a backslash ends the pattern", position: start)
    }
    switch next {
    case "d": return .several(.digits)
    case "D": return .several(ScalarSet.digits.inverted)
    case "w": return .several(.wordCharacters)
    case "W": return .several(ScalarSet.wordCharacters.inverted)
    case "s": return .several(.whiteSpace)
    case "S": return .several(ScalarSet.whiteSpace.inverted)
    case "t": return .one("\t")
    case "n": return .one("\n")
    case "r": return .one("\r")
    case "f": return .one("\u{C}")
    case "v": return .one("\u{B}")
    case "x": return .one(try hexadecimal(digits: 2, at: start))
    case "u": return .one(try hexadecimal(digits: 4, at: start))
    case "a"..."z", "A"..."Z", "0"..."9":
      throw RegularExpressionError(message: "an unknown escape", position: start)
    default: return .one(next)
    }
  }

  /// A code point of exactly `digits` digits, or of 1 to 6 in braces.
  private mutating func hexadecimal(digits: Int, at start: Int) throws(RegularExpressionError) -> Unicode.Scalar {
    let isBraced = peek() == "{"
    if isBraced { position += 1 }
    var value: UInt32 = 0
    var count = 0
    while count < (isBraced ? 6 : digits), let next = peek(), next.isASCII,
      let digit = Character(next).hexDigitValue
    {
      value = value << 4 | UInt32(digit)
      count += 1
      position += 1
    }
    let isComplete = isBraced ? count > 0 && take() == "}" : count == digits
    guard isComplete, let scalar = Unicode.Scalar(value) else {
      throw RegularExpressionError(message: "an escape is not the number of a character", position: start)
    }
    return scalar
  }

  private func peek() -> Unicode.Scalar? { position < end ? scalars[position] : nil }

  private mutating func take() -> Unicode.Scalar? {
    guard let next = peek() else { return nil }
    position += 1
    return next
  }

  private func fault(_ message: String) -> RegularExpressionError {
    RegularExpressionError(message: message, position: position)
  }
}
