// One JSON object a line, parsed into slices of UTF-8: a C front for simdjson that shows nothing of C++.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes that must be readable (of any value) behind every line handed to cjson_parse_record.
#define CJSON_PADDING 64

/// A parser with its buffers; used by one thread at a time.
typedef struct cjson_parser cjson_parser;

typedef enum cjson_status {
  CJSON_OK = 0,
  CJSON_SYNTAX = 1,
  CJSON_BAD_UTF8 = 2,
  CJSON_NOT_AN_OBJECT = 3,
  CJSON_UNEXPECTED_TYPE = 4,
  CJSON_TOO_DEEP = 5,
  CJSON_TOO_MANY_FIELDS = 6,
  CJSON_NUMBER_OUT_OF_RANGE = 7,
  CJSON_TOO_LARGE = 8,
  CJSON_OUT_OF_MEMORY = 9
} cjson_status;

/// Bytes of the parser's own memory, valid until its next call; `bytes` is never NULL in a record.
typedef struct cjson_slice {
  const uint8_t *bytes;
  size_t count;
} cjson_slice;

typedef enum cjson_kind { CJSON_STRING = 0, CJSON_NUMBER = 1, CJSON_BOOL = 2 } cjson_kind;

/// A member other than id, title and text. `string` is set for CJSON_STRING, `number` for the others.
typedef struct cjson_field {
  cjson_slice name;
  cjson_slice string;
  double number;
  cjson_kind kind;
} cjson_field;

/// A member that is missing or null is empty; a number as id is its text.
typedef struct cjson_record {
  cjson_slice id;
  cjson_slice title;
  cjson_slice text;
  const cjson_field *fields;
  size_t field_count;
} cjson_record;

/// A parser that accepts `max_depth` levels of nesting and `max_fields` fields a record; NULL without memory.
cjson_parser *cjson_parser_create(size_t max_depth, size_t max_fields);
void cjson_parser_destroy(cjson_parser *parser);

/// Parses one line. `count` excludes the CJSON_PADDING readable bytes behind it. On failure `record` is all empty and,
/// for CJSON_SYNTAX, CJSON_BAD_UTF8, CJSON_TOO_DEEP and CJSON_NUMBER_OUT_OF_RANGE, cjson_error_offset tells where.
cjson_status cjson_parse_record(cjson_parser *parser, const uint8_t *line, size_t count, cjson_record *record);

/// Byte offset in the line of the last failure, or `count` where the line ended too early.
size_t cjson_error_offset(const cjson_parser *parser);

/// Whether the bytes are UTF-8 as Unicode defines it (no surrogates, no overlong forms), with the widest SIMD there is.
bool cjson_is_utf8(const uint8_t *bytes, size_t count);

#ifdef __cplusplus
}
#endif
