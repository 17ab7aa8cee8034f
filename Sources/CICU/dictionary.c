// Look-up in ICU's dictionary of Chinese and Japanese words.
//
// ICU's data holds the words in a UCharsTrie, whose serialised form is described in ICU's ucharstrie.h and is fixed by
// its data format version. Reading it here, instead of driving a break iterator, saves the work that the iterator
// does around the look-ups, and shows every word that begins at a place and not only those of the best path.
#include "cicu_dictionary.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/udata.h>

enum {
  max_linear_branch = 5,  // Branches of up to this many units are lists, larger ones are binary search trees.
  min_linear_match = 0x30,
  min_value_lead = 0x40,
  node_type_mask = 0x3f,
  value_is_final = 0x8000,
  min_two_unit_value = 0x4000,
  three_unit_value = 0x7fff,
  min_two_unit_node_value = 0x4040,
  three_unit_node_value = 0x7fc0,
  min_two_unit_delta = 0xfc00,
  three_unit_delta = 0xffff,
  trie_type_units = 1,
};

#define PAIR_BITS 17

struct cicu_dictionary {
  const uint16_t *trie;
  size_t units;
  char version[40];
  // The state after the first unit of a word, plus one; 0 where not yet looked up; NO_WORD where no word begins so.
  _Atomic uint32_t first[0x10000];
  // States after two units, remembered by a hash of them: the units, then the state, 0 where no word begins so. The
  // second unit is the costly one: hundreds may follow a first, few a second.
  _Atomic uint64_t second[1 << PAIR_BITS];
};

#define NO_WORD UINT32_MAX

static struct cicu_dictionary shared;
static int shared_is_open;
static UDataMemory *shared_data;  // Kept open for the life of the process.
static pthread_once_t shared_once = PTHREAD_ONCE_INIT;

static UBool accept(void *context, const char *type, const char *name, const UDataInfo *info) {
  (void)context, (void)type, (void)name;
  return info->size >= 20 && info->charsetFamily == U_CHARSET_FAMILY && info->isBigEndian == U_IS_BIG_ENDIAN &&
         info->dataFormat[0] == 'D' && info->dataFormat[1] == 'i' && info->dataFormat[2] == 'c' &&
         info->dataFormat[3] == 't' && info->formatVersion[0] == 1;
}

static void open_shared(void) {
  UErrorCode status = U_ZERO_ERROR;
  UDataMemory *data = udata_openChoice(U_ICUDATA_NAME "-brkitr", "dict", "cjdict", accept, NULL, &status);
  if (U_FAILURE(status)) return;
  // Eight words lead: the offset of the trie, two unused, the total size, the type of the trie, and others.
  const int32_t *header = udata_getMemory(data);
  int32_t offset = header[0], total = header[3];
  if ((header[4] & 7) != trie_type_units || offset < 32 || total <= offset || (offset & 1) != 0 ||
      total >= 1 << 26) {
    udata_close(data);
    return;
  }
  shared.trie = (const uint16_t *)((const char *)header + offset);
  shared.units = (size_t)(total - offset) / 2;
  shared_data = data;
  shared_is_open = 1;
}

const cicu_dictionary *cicu_dictionary_shared(void) {
  pthread_once(&shared_once, open_shared);
  return shared_is_open ? &shared : NULL;
}

static pthread_once_t version_once = PTHREAD_ONCE_INIT;

static void make_version(void) {
  uint32_t sum = 2166136261u;  // FNV-1a over every 64th unit: enough to tell two releases apart.
  for (size_t i = 0; i < shared.units; i += 64) sum = (sum ^ shared.trie[i]) * 16777619u;
  snprintf(shared.version, sizeof shared.version, "cjdict-%zu-%08x", shared.units, sum);
}

const char *cicu_dictionary_version(const cicu_dictionary *dictionary) {
  pthread_once(&version_once, make_version);
  return dictionary->version;
}

static inline const uint16_t *skip_value(const uint16_t *pos, uint32_t lead) {
  if (lead >= min_two_unit_value) pos += lead < three_unit_value ? 1 : 2;
  return pos;
}

static inline int32_t read_value(const uint16_t *pos, uint32_t lead) {
  if (lead < min_two_unit_value) return (int32_t)lead;
  if (lead < three_unit_value) return (int32_t)(((lead - min_two_unit_value) << 16) | pos[0]);
  return (int32_t)(((uint32_t)pos[0] << 16) | pos[1]);
}

static inline const uint16_t *skip_node_value(const uint16_t *pos, uint32_t lead) {
  if (lead >= min_two_unit_node_value) pos += lead < three_unit_node_value ? 1 : 2;
  return pos;
}

static inline int32_t read_node_value(const uint16_t *pos, uint32_t lead) {
  if (lead < min_two_unit_node_value) return (int32_t)(lead >> 6) - 1;
  if (lead < three_unit_node_value) {
    return (int32_t)((((lead & three_unit_node_value) - min_two_unit_node_value) << 10) | pos[0]);
  }
  return (int32_t)(((uint32_t)pos[0] << 16) | pos[1]);
}

static inline const uint16_t *skip_delta(const uint16_t *pos) {
  uint32_t delta = *pos++;
  if (delta >= min_two_unit_delta) pos += delta == three_unit_delta ? 2 : 1;
  return pos;
}

static inline const uint16_t *jump_by_delta(const uint16_t *pos) {
  uint32_t delta = *pos++;
  if (delta >= min_two_unit_delta) {
    if (delta == three_unit_delta) {
      delta = ((uint32_t)pos[0] << 16) | pos[1];
      pos += 2;
    } else {
      delta = ((delta - min_two_unit_delta) << 16) | *pos++;
    }
  }
  return pos + delta;
}

// A place in the trie: before `pos`, with `rest` units of a linear match still to compare.
typedef struct {
  const uint16_t *pos;
  int32_t rest;
} state;

static int branch(state *at, const uint16_t *pos, uint32_t length, uint16_t unit) {
  if (length == 0) length = *pos++;
  length++;
  while (length > max_linear_branch) {
    if (unit < *pos++) {
      length >>= 1;
      pos = jump_by_delta(pos);
    } else {
      length -= length >> 1;
      pos = skip_delta(pos);
    }
  }
  do {
    if (unit == *pos++) {
      uint32_t node = *pos;
      if ((node & value_is_final) == 0) {
        // A value that isn't final is the distance to the node that follows.
        pos++;
        int32_t delta = read_value(pos, node);
        pos = skip_value(pos, node) + delta;
      }
      at->pos = pos;
      at->rest = 0;
      return 1;
    }
    length--;
    uint32_t lead = *pos++ & 0x7fff;
    pos = skip_value(pos, lead);
  } while (length > 1);
  if (unit != *pos++) return 0;
  at->pos = pos;
  at->rest = 0;
  return 1;
}

// Goes on by one unit; 0 when no word goes on so.
static int step(state *at, uint16_t unit) {
  const uint16_t *pos = at->pos;
  if (at->rest > 0) {
    if (*pos != unit) return 0;
    at->pos = pos + 1;
    at->rest--;
    return 1;
  }
  uint32_t node = *pos++;
  for (;;) {
    if (node < min_linear_match) return branch(at, pos, node, unit);
    if (node < min_value_lead) {
      if (*pos != unit) return 0;
      at->pos = pos + 1;
      at->rest = (int32_t)(node - min_linear_match);
      return 1;
    }
    if (node & value_is_final) return 0;
    pos = skip_node_value(pos, node);
    node &= node_type_mask;
  }
}

// Where the state after two units is remembered; the multiplier is Knuth's.
static inline _Atomic uint64_t *second_memo(const cicu_dictionary *dictionary, uint32_t units) {
  return &((cicu_dictionary *)dictionary)->second[(units * 0x9E3779B1u) >> (32 - PAIR_BITS)];
}

// Goes on from the first unit of a word by the second.
static inline int step_second(const cicu_dictionary *dictionary, state *at, uint16_t first, uint16_t second) {
  uint32_t units = (uint32_t)first << 16 | second;
  _Atomic uint64_t *memo = second_memo(dictionary, units);
  uint64_t found = atomic_load_explicit(memo, memory_order_relaxed);
  if (found >> 32 != units) {
    uint32_t after = step(at, second) ? (uint32_t)(at->pos - dictionary->trie + 1) << 5 | (uint32_t)at->rest : 0;
    found = (uint64_t)units << 32 | after;
    atomic_store_explicit(memo, found, memory_order_relaxed);
  }
  uint32_t after = (uint32_t)found;
  if (after == 0) return 0;
  at->pos = dictionary->trie + (after >> 5) - 1;
  at->rest = (int32_t)(after & 31);
  return 1;
}

int32_t cicu_dictionary_prefixes(const cicu_dictionary *dictionary, const uint16_t *text, int32_t max_units,
                                 int32_t *lengths, int32_t *costs, int32_t capacity) {
  if (max_units <= 0) return 0;
  // The caller goes through a text unit by unit: what it will ask for soon is on its way by then.
  if (max_units > 5) __builtin_prefetch((const void *)second_memo(dictionary, (uint32_t)text[4] << 16 | text[5]));
  // No unit stands in a linear match of the root: more than one word of the dictionary begins differently.
  _Atomic uint32_t *memo = &((cicu_dictionary *)dictionary)->first[text[0]];
  uint32_t found = atomic_load_explicit(memo, memory_order_relaxed);
  state at = {dictionary->trie, 0};
  if (found == 0) {
    found = step(&at, text[0]) && at.rest == 0 ? (uint32_t)(at.pos - dictionary->trie) + 1 : NO_WORD;
    atomic_store_explicit(memo, found, memory_order_relaxed);
  }
  if (found == NO_WORD) return 0;
  at.pos = dictionary->trie + (found - 1);
  int32_t count = 0;
  for (int32_t length = 1;; length++) {
    if (at.rest == 0 && *at.pos >= min_value_lead) {
      if (count == capacity) break;
      uint32_t lead = *at.pos;
      lengths[count] = length;
      costs[count++] = (lead & value_is_final) ? read_value(at.pos + 1, lead & 0x7fff)
                                               : read_node_value(at.pos + 1, lead);
      if (lead & value_is_final) break;
    }
    if (length == max_units) break;
    if (!(length == 1 ? step_second(dictionary, &at, text[0], text[1]) : step(&at, text[length]))) break;
  }
  return count;
}
