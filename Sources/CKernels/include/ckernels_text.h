// Classes of the bytes of a text, 64 at a time, as bit masks: bit i stands for byte i.
#ifndef CKERNELS_TEXT_H
#define CKERNELS_TEXT_H

#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// What bytes are to a scanner of words of ASCII letters.
typedef struct ckernels_text_masks {
  /// ASCII letters.
  uint64_t letters;
  /// Bytes that end a word before them: ASCII but for letters, digits and . - ' _ & @ + #, and the lead bytes E4 to E9,
  /// which begin Han characters.
  uint64_t ends;
  /// . - ' _ & @, which join words where a letter or digit follows.
  uint64_t joins;
  /// Digits, line ends (LF, CR), and bytes beyond ASCII: they begin something that is no such word.
  uint64_t stops;
  /// The full stop.
  uint64_t dots;
} ckernels_text_masks;

#if defined(__SSE2__)
static inline __attribute__((always_inline)) __m128i ckernels_in_range(__m128i bytes, char first, char count) {
  __m128i from = _mm_sub_epi8(bytes, _mm_set1_epi8(first));
  return _mm_cmpeq_epi8(_mm_min_epu8(from, _mm_set1_epi8((char)(count - 1))), from);
}

static inline __attribute__((always_inline)) __m128i ckernels_is(__m128i bytes, char value) {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(value));
}
#endif

/// Classifies 64 bytes.
static inline __attribute__((always_inline)) ckernels_text_masks ckernels_classify_text64(const uint8_t *bytes) {
  ckernels_text_masks masks = {0, 0, 0, 0, 0};
#if defined(__SSE2__)
  for (int part = 0; part < 4; part++) {
    const __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * part));
    const __m128i letters = ckernels_in_range(_mm_or_si128(x, _mm_set1_epi8(0x20)), 'a', 26);
    const __m128i digits = ckernels_in_range(x, '0', 10);
    const __m128i dots = ckernels_is(x, '.');
    __m128i joins = _mm_or_si128(dots, _mm_or_si128(ckernels_is(x, '-'), ckernels_is(x, '\'')));
    joins = _mm_or_si128(joins, _mm_or_si128(ckernels_is(x, '_'), _mm_or_si128(ckernels_is(x, '&'), ckernels_is(x, '@'))));
    const __m128i marks = _mm_or_si128(ckernels_is(x, '+'), ckernels_is(x, '#'));
    const __m128i lines = _mm_or_si128(ckernels_is(x, '\n'), ckernels_is(x, '\r'));
    const __m128i han = ckernels_in_range(x, (char)0xE4, 6);
    const __m128i others = _mm_or_si128(_mm_or_si128(letters, digits), _mm_or_si128(joins, marks));
    const int shift = 16 * part;
    const uint64_t beyond = (uint64_t)(uint32_t)_mm_movemask_epi8(x);
    const uint64_t other_bits = (uint64_t)(uint32_t)_mm_movemask_epi8(others);
    const uint64_t han_bits = (uint64_t)(uint32_t)_mm_movemask_epi8(han);
    masks.letters |= (uint64_t)(uint32_t)_mm_movemask_epi8(letters) << shift;
    masks.ends |= ((~(beyond | other_bits) | han_bits) & 0xFFFF) << shift;
    masks.joins |= (uint64_t)(uint32_t)_mm_movemask_epi8(joins) << shift;
    masks.stops |= (beyond | (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_or_si128(digits, lines))) << shift;
    masks.dots |= (uint64_t)(uint32_t)_mm_movemask_epi8(dots) << shift;
  }
#else
  for (int i = 0; i < 64; i++) {
    const uint8_t byte = bytes[i], lower = byte | 0x20;
    const uint64_t bit = (uint64_t)1 << i;
    const int digit = byte >= '0' && byte <= '9';
    if (lower >= 'a' && lower <= 'z') {
      masks.letters |= bit;
    } else if (byte == '.' || byte == '-' || byte == '\'' || byte == '_' || byte == '&' || byte == '@') {
      masks.joins |= bit;
      if (byte == '.') masks.dots |= bit;
    } else if (byte >= 0xE4 ? byte <= 0xE9 : byte < 0x80 && !digit && byte != '+' && byte != '#') {
      masks.ends |= bit;
    }
    if (digit || byte >= 0x80 || byte == '\n' || byte == '\r') masks.stops |= bit;
  }
#endif
  return masks;
}

#endif
