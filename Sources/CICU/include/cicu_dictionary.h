// Look-up in ICU's dictionary of Chinese and Japanese words (cjdict), as its break engine does it.
#ifndef LOQUAT_CICU_DICTIONARY_H
#define LOQUAT_CICU_DICTIONARY_H

#include <stdint.h>

// The dictionary of this process, shared by all threads; read-only once opened.
typedef struct cicu_dictionary cicu_dictionary;

// Opens the dictionary; NULL when ICU's data doesn't hold it in the format that this code knows. Always returns the
// same object, which is never closed.
const cicu_dictionary *cicu_dictionary_shared(void);

// Text that names the content: size and checksum. Valid for the life of the process.
const char *cicu_dictionary_version(const cicu_dictionary *dictionary);

// All words that are prefixes of `text`, shortest first: lengths in code units and costs (larger is less likely).
// At most `capacity` words of at most `max_units` units. Returns their number.
int32_t cicu_dictionary_prefixes(const cicu_dictionary *dictionary, const uint16_t *text, int32_t max_units,
                                 int32_t *lengths, int32_t *costs, int32_t capacity);

#endif
