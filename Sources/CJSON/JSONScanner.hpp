// A small strict JSON reader for the cold path only: where a bad line goes wrong, and how a number was written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace cjson {

enum class Fault { none, syntax, utf8, depth, number };

struct Finding {
  Fault fault;
  size_t offset;
};

/// The first fault of the text by RFC 8259, by UTF-8 and by the depth allowed; linear time, no recursion.
Finding find_fault(const uint8_t *bytes, size_t count, size_t max_depth);

/// The text of the last top-level member of that name whose value is a number. The line must be a valid object.
bool raw_number_of_member(const uint8_t *bytes, size_t count, const std::string &name, std::string &number);

/// Copies the text with each escape of a lone surrogate replaced by \uFFFD; returns how many there were.
size_t replace_lone_surrogates(const uint8_t *bytes, size_t count, std::string &out);

/// The offset of the first byte that is not UTF-8, or `count`.
size_t find_bad_utf8(const uint8_t *bytes, size_t count);

}  // namespace cjson
