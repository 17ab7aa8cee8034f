// The hot loop: the words of a clause.

extension DocumentWriter {
  /// Writes words, without punctuation at the end. At most 13 words, which is less than ``CorpusBlock/slack`` takes.
  ///
  /// First all words are drawn, then written: drawing has few branches that can't be foretold, and when the bytes are
  /// copied, the addresses are known long before. The state of the loops is in local variables, since stores through
  /// pointers could alias the writer's own memory.
  @inline(never)
  mutating func writeClause(_ voice: Voice, words count: Int, startsSentence: Bool) {
    draw(voice, words: count)
    var out = self.out
    let start = out
    let chosen = self.chosen
    for index in 0..<count {
      let word = chosen[index]
      if word.isOther {
        out = writeOther(voice, at: out, isFirst: index == 0)
      } else {
        out = write(word, voice: voice, at: out, isFirst: index == 0)
      }
    }
    if !voice.isChinese {
      // The blank after the last word.
      out -= 1
      if startsSentence {
        let byte = start.load(as: UInt8.self)
        if byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") {
          start.storeBytes(of: byte &- 32, as: UInt8.self)
        }
      }
    }
    self.words &+= count
    self.out = out
  }

  /// Draws `count` words into ``chosen``.
  @inline(__always)
  private mutating func draw(_ voice: Voice, words count: Int) {
    var random = self.random
    let chosen = self.chosen
    let history = voice.history
    var seen = voice.isChinese ? historyCounts.chinese : historyCounts.english
    var previous = WordReference.other
    var drawn = 0
    while drawn < count {
      let bits = random.next()
      var selector = UInt32(bits & 0xFFFF)
      // At first there is little to repeat: draw from the main topic instead.
      if selector >= voice.limits.3 && selector < voice.repeatLimit && seen < Voice.leastHistory {
        selector = voice.limits.0
      }
      var word: WordReference
      if selector < voice.limits.3 {
        let source =
          (selector >= voice.limits.0 ? 1 : 0) &+ (selector >= voice.limits.1 ? 1 : 0)
          &+ (selector >= voice.limits.2 ? 1 : 0)
        word = voice.tables[source].sample(random.next())
        // "the the" is rarer than chance would have it.
        if word == previous { word = voice.tables[source].sample(random.next()) }
        word = voice.resolve(word, source: source, bits: bits)
        history[seen & (Voice.memory &- 1)] = word
        seen &+= source == 0 ? 0 : 1
      } else if selector < voice.repeatLimit {
        // The place at `seen` may hold a background word; those before it are topical.
        let known = UInt64(min(seen, Voice.memory &- 1))
        let back = 1 &+ Int(truncatingIfNeeded: ((bits &>> 32) &* known) &>> 32)
        word = history[(seen &- back) & (Voice.memory &- 1)]
      } else {
        word = .other
      }
      chosen[drawn] = word
      drawn &+= 1
      previous = word
      // One in eight is followed by its partner, which gives phrases that recur.
      if (bits &>> 16) & 7 == 0 && word.isStored {
        let partner = voice.partners[word.number]
        chosen[drawn] = .stored(Int(partner))
        drawn &+= partner == 0 ? 0 : 1
      }
    }
    if voice.isChinese { historyCounts.chinese = seen } else { historyCounts.english = seen }
    self.random = random
  }

  /// Writes one word, an English one with a blank after it. Returns the end.
  @inline(__always)
  private mutating func write(
    _ word: WordReference, voice: Voice, at place: UnsafeMutableRawPointer, isFirst: Bool
  ) -> UnsafeMutableRawPointer {
    var end: UnsafeMutableRawPointer
    if word.isStored {
      end = voice.words.copy(word.number, to: place)
    } else {
      end = writeRare(UInt32(word.number), isChinese: voice.isChinese, at: place)
    }
    recorder.record(place, count: voice.isChinese ? end - place : end - place - 1)
    return voice.isChinese ? separate(place, end, isFirst: isFirst) : end
  }

  @inline(never)
  private func writeRare(_ number: UInt32, isChinese: Bool, at place: UnsafeMutableRawPointer)
    -> UnsafeMutableRawPointer
  {
    if isChinese {
      let composer = isSimplified ? model.simplifiedComposer : model.traditionalComposer
      return composer.view.compose(number, short: false, to: place)
    }
    let end = model.englishComposer.view.compose(number, short: false, to: place)
    return DecimalText.put(" ", end)
  }

  /// Puts a blank before a word in Chinese text when it and what precedes it are both Latin letters or digits.
  @inline(__always)
  private func separate(
    _ place: UnsafeMutableRawPointer, _ end: UnsafeMutableRawPointer, isFirst: Bool
  ) -> UnsafeMutableRawPointer {
    let both = place.load(fromByteOffset: -1, as: UInt8.self) | place.load(as: UInt8.self)
    if both >= 0x80 || isFirst { return end }
    (place + 1).copyMemory(from: place, byteCount: end - place)
    return DecimalText.put(" ", place) + (end - place)
  }

  /// Writes something outside the vocabulary: a name, a number, a date, a code, an English word in Chinese text.
  @inline(never)
  private mutating func writeOther(
    _ voice: Voice, at place: UnsafeMutableRawPointer, isFirst: Bool
  ) -> UnsafeMutableRawPointer {
    var end: UnsafeMutableRawPointer
    let choice = random.below(100)
    if voice.isChinese && (kind == .mixed ? choice < 70 : choice < 25) {
      let source = 1 + random.below(3)
      let word = englishText.tables[source].sample(random.next())
      // The blank after the word is left out; Chinese text adds its own where needed.
      if word.isStored {
        end = englishText.words.copy(word.number, to: place) - 1
      } else {
        let rare = englishText.resolve(word, source: source, bits: random.next())
        end = writeRare(UInt32(rare.number), isChinese: false, at: place) - 1
      }
    } else if choice < 55 {
      // The first name is the document's main one.
      end = writeName(name(min(random.below(4), random.below(4))), isChinese: voice.isChinese, at: place)
    } else if choice < 65 {
      let date = CalendarDate(daysSince1970: CalendarDate.firstDay + random.below(CalendarDate.dayCount))
      end = voice.isChinese ? date.putChinese(place) : date.putEnglish(place)
    } else if choice < 72 {
      end = writeCode(at: place)
    } else {
      end = writeNumber(isChinese: voice.isChinese, at: place)
    }
    recorder.record(place, count: end - place)
    end = voice.isChinese ? separate(place, end, isFirst: isFirst) : DecimalText.put(" ", end)
    return end
  }

  private func writeName(_ number: Int, isChinese: Bool, at place: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    if !isChinese { return model.englishNames.compose(number, to: place) }
    return (isSimplified ? model.simplifiedNames : model.traditionalNames).compose(number, to: place)
  }

  /// A code such as `BX-4072` or `K217`.
  private mutating func writeCode(at place: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    var end = DecimalText.put(UInt8(ascii: "A") + UInt8(random.below(26)), place)
    if random.below(2) == 0 {
      end = DecimalText.put(UInt8(ascii: "A") + UInt8(random.below(26)), end)
      end = DecimalText.put("-", end)
    }
    return DecimalText.put(UInt64(1 + random.below(9999)), end)
  }

  /// A number as text has it: a percentage, an amount of money, a count, a year.
  private mutating func writeNumber(
    isChinese: Bool, at place: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    // Small numbers are more frequent: the first digit follows Benford's law roughly.
    let value = UInt64(1 + random.below(1 << (2 + random.below(12))))
    switch random.below(6) {
    case 0:
      return DecimalText.put("%", writeDecimal(value % 100, at: place))
    case 1 where isChinese:
      let measures = (isSimplified ? model.simplifiedMeasures : model.traditionalMeasures)
      return measures.view.copy(random.below(measures.count), to: writeDecimal(value, at: place))
    case 1:
      let amount = writeDecimal(value, at: DecimalText.put("HK$", place))
      return random.below(2) == 0 ? DecimalText.put(" million", amount) : DecimalText.put(" billion", amount)
    case 2...3 where isChinese:
      let measures = (isSimplified ? model.simplifiedMeasures : model.traditionalMeasures)
      return measures.view.copy(random.below(measures.count), to: DecimalText.put(value, place))
    case 2...3:
      if value < 1000 { return DecimalText.put(value, place) }
      let thousands = DecimalText.put(",", DecimalText.put(value / 1000, place))
      return DecimalText.put(value % 1000, digits: 3, thousands)
    case 4:
      return DecimalText.put(UInt64(1990 + random.below(40)), place)
    default:
      return DecimalText.put(value, place)
    }
  }

  private mutating func writeDecimal(
    _ value: UInt64, at place: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    let end = DecimalText.put(".", DecimalText.put(value, place))
    return DecimalText.put(UInt64(random.below(10)), end)
  }
}
