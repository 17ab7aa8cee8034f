// Word boundaries by ICU, many at a call.
#ifndef LOQUAT_CICU_BREAK_H
#define LOQUAT_CICU_BREAK_H

#include <stddef.h>
#include <stdint.h>

// A word break iterator. Not safe for use by two threads at once.
typedef struct cicu_breaker cicu_breaker;

// Opens an iterator for the root locale; NULL when ICU's data is missing.
cicu_breaker *cicu_breaker_open(void);
void cicu_breaker_close(cicu_breaker *breaker);

// Sets the text, which must stay valid and unchanged until the last cicu_breaker_next. Returns 0 on failure.
int cicu_breaker_set_text(cicu_breaker *breaker, const uint16_t *text, int32_t length);

// Fills `ends` with the next boundaries (offsets in code units, ascending, the last is the length of the text) and
// `statuses` (may be NULL) with ICU's rule status of each word. Returns how many were written, 0 at the end.
int32_t cicu_breaker_next(cicu_breaker *breaker, int32_t *ends, int32_t *statuses, int32_t capacity);

// ICU's version at run time, as "72.1".
const char *cicu_version(void);

#endif
