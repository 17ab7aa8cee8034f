// An HTML document as a flat sequence of events: a C front for gumbo with bounded memory and no recursion.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A parsed document with the position of its walk; used by one thread at a time.
typedef struct chtml_document chtml_document;

typedef enum chtml_event_kind { CHTML_END = 0, CHTML_ENTER = 1, CHTML_LEAVE = 2, CHTML_TEXT = 3 } chtml_event_kind;

/// What an element means for the text around it.
typedef enum chtml_role {
  CHTML_INLINE = 0,
  CHTML_BLOCK = 1,
  CHTML_HEADING = 2,
  CHTML_TITLE = 3,
  CHTML_LINE_BREAK = 4,
  CHTML_CELL = 5,
  CHTML_IMAGE = 6,
  CHTML_PREFORMATTED = 7
} chtml_role;

typedef struct chtml_event {
  chtml_event_kind kind;
  chtml_role role;
  /// 1 to 6 for headings.
  int level;
  /// CHTML_TEXT: the decoded text; CHTML_ENTER of an image: its alternative text. Not NULL where count > 0.
  const uint8_t *bytes;
  size_t count;
} chtml_event;

/// Parses UTF-8. NULL when the tree would need more than `memory_limit` bytes. The bytes must outlive the document.
/// Time grows with count * depth: limit the depth of nesting and the attributes of a tag beforehand.
chtml_document *chtml_parse(const uint8_t *bytes, size_t count, size_t memory_limit);

void chtml_free(chtml_document *document);

/// The next event in document order. Scripts, styles, templates and comments are left out with all that is in them.
chtml_event chtml_next(chtml_document *document);

#ifdef __cplusplus
}
#endif
