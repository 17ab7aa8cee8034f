// Records from simdjson's document model, whose kernels are chosen at run time for the processor.
#include "CJSON.h"

#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include "JSONScanner.hpp"

namespace dom = simdjson::dom;

static_assert(CJSON_PADDING >= simdjson::SIMDJSON_PADDING, "lines need simdjson's padding");

namespace {

constexpr uint8_t empty_bytes[1] = {0};
constexpr cjson_slice empty_slice = {empty_bytes, 0};
constexpr size_t smallest_capacity = size_t(1) << 16;
/// A parser grown beyond this gives its memory back once lines are short again.
constexpr size_t kept_capacity = size_t(1) << 24;
constexpr size_t not_nested = SIZE_MAX;
/// Dotted names repeat their path, so a small line could otherwise ask for much memory.
constexpr size_t most_name_bytes = size_t(1) << 24;

cjson_slice slice(std::string_view text) {
  return {text.data() == nullptr ? empty_bytes : reinterpret_cast<const uint8_t *>(text.data()), text.size()};
}

/// simdjson 3.0 turns the escape of a lone low surrogate into three bytes that are not UTF-8; it alone can bring such in.
bool has_surrogate(std::string_view text) {
  const char *at = text.data();
  const char *end = at + text.size();
  while (at != end) {
    at = static_cast<const char *>(std::memchr(at, '\xED', static_cast<size_t>(end - at)));
    if (at == nullptr || at + 1 == end) return false;
    if (static_cast<uint8_t>(at[1]) >= 0xA0) return true;
    at++;
  }
  return false;
}

/// A name in the document (`bytes`) or, for a dotted one, in the parser's `names` from `start`.
struct field_name {
  const uint8_t *bytes;
  size_t start;
  size_t count;
};

}  // namespace

struct cjson_parser {
  dom::parser *dom = nullptr;
  size_t max_depth;
  size_t max_fields;
  size_t error_offset = 0;
  std::vector<cjson_field> fields;
  /// Per field: where its dotted name starts in `names`, or not_nested where `name` already points into the document.
  std::vector<size_t> name_starts;
  std::string names;
  std::string path;
  std::string id_number;
  std::string repaired;
  bool surrogate = false;

  cjson_parser(size_t depth, size_t fields) : max_depth(depth), max_fields(fields) {}
  ~cjson_parser() { delete dom; }

  cjson_status parse(const uint8_t *line, size_t count, cjson_record &record);
  cjson_status parse_once(const uint8_t *line, size_t count, cjson_record &record);
  cjson_status fail(simdjson::error_code error, const uint8_t *line, size_t count);
  cjson_status reserve(size_t count);
  cjson_status set_text(const dom::element &value, cjson_slice &out);
  cjson_status set_id(const dom::element &value, const uint8_t *line, size_t count, cjson_slice &out);
  cjson_status add(field_name name, const dom::element &value);
};

cjson_status cjson_parser::reserve(size_t count) {
  if (dom != nullptr && dom->capacity() > kept_capacity && count < kept_capacity / 16) {
    delete dom;
    dom = nullptr;
  }
  if (dom == nullptr) dom = new (std::nothrow) dom::parser();
  if (dom == nullptr) return CJSON_OUT_OF_MEMORY;
  if (dom->capacity() >= count && dom->capacity() > 0) return CJSON_OK;
  size_t capacity = smallest_capacity;
  while (capacity < count) capacity *= 2;
  if (capacity > simdjson::SIMDJSON_MAXSIZE_BYTES) return CJSON_TOO_LARGE;
  return dom->allocate(capacity, max_depth) == simdjson::SUCCESS ? CJSON_OK : CJSON_OUT_OF_MEMORY;
}

cjson_status cjson_parser::fail(simdjson::error_code error, const uint8_t *line, size_t count) {
  if (error == simdjson::MEMALLOC) return CJSON_OUT_OF_MEMORY;
  if (error == simdjson::CAPACITY) return CJSON_TOO_LARGE;
  cjson::Finding finding = cjson::find_fault(line, count, max_depth);
  error_offset = finding.offset;
  switch (finding.fault) {
    case cjson::Fault::utf8: return CJSON_BAD_UTF8;
    case cjson::Fault::depth: return CJSON_TOO_DEEP;
    case cjson::Fault::number: return CJSON_NUMBER_OUT_OF_RANGE;
    default: return error == simdjson::DEPTH_ERROR ? CJSON_TOO_DEEP : CJSON_SYNTAX;
  }
}

cjson_status cjson_parser::set_text(const dom::element &value, cjson_slice &out) {
  std::string_view text;
  if (value.is_null()) {
    out = empty_slice;
    return CJSON_OK;
  }
  if (value.get_string().get(text) != simdjson::SUCCESS) return CJSON_UNEXPECTED_TYPE;
  surrogate |= has_surrogate(text);
  out = slice(text);
  return CJSON_OK;
}

cjson_status cjson_parser::set_id(const dom::element &value, const uint8_t *line, size_t count, cjson_slice &out) {
  if (!value.is_number()) return set_text(value, out);
  if (!cjson::raw_number_of_member(line, count, "id", id_number)) return CJSON_UNEXPECTED_TYPE;
  out = slice(id_number);
  return CJSON_OK;
}

/// Adds a scalar, or walks a container: members get dotted names, the elements of an array share the array's name.
/// `path` is the name of the container that is walked. Recursion is bounded by max_depth, which simdjson has enforced.
cjson_status cjson_parser::add(field_name name, const dom::element &value) {
  cjson_field field = {{name.bytes, name.count}, empty_slice, 0, CJSON_STRING};
  switch (value.type()) {
    case dom::element_type::NULL_VALUE: return CJSON_OK;
    case dom::element_type::ARRAY: {
      dom::array array = value.get_array().value_unsafe();
      for (dom::element element : array) {
        cjson_status status = add(name, element);
        if (status != CJSON_OK) return status;
      }
      return CJSON_OK;
    }
    case dom::element_type::OBJECT: {
      dom::object object = value.get_object().value_unsafe();
      size_t outer = path.size();
      for (dom::key_value_pair member : object) {
        path.resize(outer);
        path += '.';
        path += member.key;
        surrogate |= has_surrogate(member.key);
        if (names.size() + path.size() > most_name_bytes) return CJSON_TOO_MANY_FIELDS;
        field_name nested = {nullptr, names.size(), path.size()};
        names += path;
        cjson_status status = add(nested, member.value);
        if (status != CJSON_OK) return status;
      }
      path.resize(outer);
      return CJSON_OK;
    }
    case dom::element_type::STRING: {
      cjson_status status = set_text(value, field.string);
      if (status != CJSON_OK) return status;
      break;
    }
    case dom::element_type::BOOL:
      field.kind = CJSON_BOOL;
      field.number = value.get_bool().value_unsafe() ? 1 : 0;
      break;
    default:
      field.kind = CJSON_NUMBER;
      field.number = value.get_double().value_unsafe();
      break;
  }
  if (fields.size() >= max_fields) return CJSON_TOO_MANY_FIELDS;
  fields.push_back(field);
  name_starts.push_back(name.bytes == nullptr ? name.start : not_nested);
  return CJSON_OK;
}

cjson_status cjson_parser::parse_once(const uint8_t *line, size_t count, cjson_record &record) {
  record = {empty_slice, empty_slice, empty_slice, nullptr, 0};
  fields.clear();
  name_starts.clear();
  names.clear();
  surrogate = false;
  cjson_status status = reserve(count);
  if (status != CJSON_OK) return status;
  dom::element root;
  simdjson::error_code error = dom->parse(line, count, false).get(root);
  if (error != simdjson::SUCCESS) return fail(error, line, count);
  dom::object object;
  if (root.get_object().get(object) != simdjson::SUCCESS) return CJSON_NOT_AN_OBJECT;
  for (dom::key_value_pair member : object) {
    if (member.key == "id") {
      status = set_id(member.value, line, count, record.id);
    } else if (member.key == "title") {
      status = set_text(member.value, record.title);
    } else if (member.key == "text") {
      status = set_text(member.value, record.text);
    } else {
      surrogate |= has_surrogate(member.key);
      if (!member.value.is_string()) path.assign(member.key);
      status = add({slice(member.key).bytes, 0, member.key.size()}, member.value);
    }
    if (status != CJSON_OK) return status;
  }
  for (size_t i = 0; i < fields.size(); i++) {
    if (name_starts[i] == not_nested) continue;
    fields[i].name.bytes = reinterpret_cast<const uint8_t *>(names.data()) + name_starts[i];
  }
  record.fields = fields.data();
  record.field_count = fields.size();
  return CJSON_OK;
}

/// The second attempt, after lone surrogates were replaced, runs on a copy of the line; it is rare.
cjson_status cjson_parser::parse(const uint8_t *line, size_t count, cjson_record &record) {
  error_offset = 0;
  cjson_status status = parse_once(line, count, record);
  if (status != CJSON_SYNTAX && !surrogate) return status;
  if (cjson::replace_lone_surrogates(line, count, repaired) == 0) return status;
  size_t repaired_count = repaired.size();
  repaired.append(CJSON_PADDING, ' ');
  return parse_once(reinterpret_cast<const uint8_t *>(repaired.data()), repaired_count, record);
}

extern "C" {

cjson_parser *cjson_parser_create(size_t max_depth, size_t max_fields) {
  return new (std::nothrow) cjson_parser(max_depth, max_fields);
}

void cjson_parser_destroy(cjson_parser *parser) { delete parser; }

cjson_status cjson_parse_record(cjson_parser *parser, const uint8_t *line, size_t count, cjson_record *record) {
  cjson_status status;
  try {
    status = parser->parse(line, count, *record);
  } catch (const std::exception &) {
    status = CJSON_OUT_OF_MEMORY;
  }
  if (status != CJSON_OK) *record = {empty_slice, empty_slice, empty_slice, nullptr, 0};
  return status;
}

size_t cjson_error_offset(const cjson_parser *parser) { return parser->error_offset; }

bool cjson_is_utf8(const uint8_t *bytes, size_t count) {
  return count == 0 || simdjson::validate_utf8(reinterpret_cast<const char *>(bytes), count);
}
}
