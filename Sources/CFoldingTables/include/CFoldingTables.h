// Folding of single code points for search: case, width, accents, stroke letters, compatibility forms, and families of
// Chinese characters, each with the class of its folded form. Static data; nothing is computed at start-up.
#ifndef LOQUAT_CFOLDINGTABLES_H
#define LOQUAT_CFOLDINGTABLES_H

#include <stdint.h>

extern const char loquat_folding_version[];
extern const uint16_t loquat_folding_index[];
extern const uint32_t loquat_folding_entries[];
extern const uint32_t loquat_folding_expansions[];
extern const uint32_t loquat_folding_kana_count;
extern const uint32_t loquat_folding_kana[];

// The entry of a code point below 0x110000:
//   bits 0-3   class of the (first) folded code point
//   bit 4      the character occurs in Traditional Chinese only, of the two scripts
//   bit 5      the character occurs in Simplified Chinese only
//   bit 7      the value is the place of an expansion: a count and that many code points, all of them folded
//   bits 8-31  folded code point, 0 where it is the code point itself
static inline uint32_t loquat_folding_entry(uint32_t code_point) {
  uint32_t block = loquat_folding_index[code_point >> 7];
  return loquat_folding_entries[(block << 7) | (code_point & 127)];
}

// The code points of an expansion; `count` receives their number.
static inline const uint32_t *loquat_folding_expansion(uint32_t place, uint32_t *count) {
  *count = loquat_folding_expansions[place];
  return loquat_folding_expansions + place + 1;
}

// Row `i` (below loquat_folding_kana_count): base, voicing mark, composed kana; sorted by base and mark.
static inline const uint32_t *loquat_folding_kana_row(uint32_t i) { return loquat_folding_kana + 3 * i; }

// The version of the data, for fingerprints.
static inline const char *loquat_folding_version_text(void) { return loquat_folding_version; }

#endif
