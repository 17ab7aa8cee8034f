// The sets behind `\d`, `\w` and `\s`.

extension ScalarSet {
  /// Decimal digits of any script: `\d` of UTS #18, annex C.
  static let digits = having { $0.generalCategory == .decimalNumber }

  /// White space: `\s` of UTS #18, annex C.
  static let whiteSpace = having { $0.isWhitespace }

  /// Letters of any script, ideographs among them, marks, decimal digits, connecting punctuation and joiners: `\w` of
  /// UTS #18, annex C.
  static let wordCharacters = having { properties in
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: true
    default: properties.isAlphabetic || properties.isJoinControl
    }
  }

  /// The scalars with a property. Looks at the planes that have characters with properties; the rest are unassigned or
  /// for private use, and are in none of the sets above.
  private static func having(_ property: (Unicode.Scalar.Properties) -> Bool) -> ScalarSet {
    var found: [Range] = []
    for plane in [0...0x3FFFF, 0xE0000...0xE0FFF] as [Range] {
      var start: UInt32?
      for value in plane {
        if let scalar = Unicode.Scalar(value), property(scalar.properties) {
          if start == nil { start = value }
        } else if let first = start {
          found.append(first...value - 1)
          start = nil
        }
      }
      if let first = start { found.append(first...plane.upperBound) }
    }
    return ScalarSet(found)
  }
}
