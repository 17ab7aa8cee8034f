// The cold-path JSON reader: an explicit stack of brackets instead of recursion, so depth costs one byte a level.
#include "JSONScanner.hpp"

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>

namespace cjson {
namespace {

bool is_space(uint8_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(uint8_t c) { return c >= '0' && c <= '9'; }

int hex_value(uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The code unit of a \uXXXX whose backslash is at `at`, or -1.
int escape_unit(const uint8_t *bytes, size_t count, size_t at) {
  if (count - at < 6 || bytes[at] != '\\' || bytes[at + 1] != 'u') return -1;
  int unit = 0;
  for (size_t i = at + 2; i < at + 6; i++) {
    int digit = hex_value(bytes[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

/// Moves `at` from the opening quote behind the closing one; false with `at` on the offending byte.
bool skip_string(const uint8_t *bytes, size_t count, size_t &at) {
  at++;
  while (at < count) {
    uint8_t c = bytes[at];
    if (c == '"') {
      at++;
      return true;
    }
    if (c < 0x20) return false;
    if (c != '\\') {
      at++;
      continue;
    }
    if (at + 1 >= count) {
      at = count;
      return false;
    }
    if (bytes[at + 1] == 'u') {
      if (escape_unit(bytes, count, at) < 0) return false;
      at += 6;
    } else if (bytes[at + 1] != 0 && std::strchr("\"\\/bfnrt", bytes[at + 1]) != nullptr) {
      at += 2;
    } else {
      return false;
    }
  }
  return false;
}

bool skip_digits(const uint8_t *bytes, size_t count, size_t &at) {
  size_t start = at;
  while (at < count && is_digit(bytes[at])) at++;
  return at > start;
}

bool skip_number(const uint8_t *bytes, size_t count, size_t &at) {
  if (at < count && bytes[at] == '-') at++;
  if (at < count && bytes[at] == '0') {
    at++;
  } else if (!skip_digits(bytes, count, at)) {
    return false;
  }
  if (at < count && bytes[at] == '.') {
    at++;
    if (!skip_digits(bytes, count, at)) return false;
  }
  if (at < count && (bytes[at] == 'e' || bytes[at] == 'E')) {
    at++;
    if (at < count && (bytes[at] == '+' || bytes[at] == '-')) at++;
    if (!skip_digits(bytes, count, at)) return false;
  }
  return true;
}

/// Whether the number fits a 64-bit integer (when written as one) or a finite double.
bool in_range(const uint8_t *bytes, size_t start, size_t end) {
  std::string text(reinterpret_cast<const char *>(bytes) + start, end - start);
  if (text.find_first_of(".eE") != std::string::npos) return std::isfinite(std::strtod(text.c_str(), nullptr));
  errno = 0;
  if (text[0] == '-') {
    (void)std::strtoll(text.c_str(), nullptr, 10);
  } else {
    (void)std::strtoull(text.c_str(), nullptr, 10);
  }
  return errno == 0;
}

bool skip_literal(const uint8_t *bytes, size_t count, size_t &at) {
  for (const char *word : {"true", "false", "null"}) {
    size_t length = std::strlen(word);
    if (count - at >= length && std::memcmp(bytes + at, word, length) == 0) {
      at += length;
      return true;
    }
  }
  return false;
}

}  // namespace

size_t find_bad_utf8(const uint8_t *bytes, size_t count) {
  size_t at = 0;
  while (at < count) {
    uint8_t lead = bytes[at];
    if (lead < 0x80) {
      at++;
      continue;
    }
    size_t length = lead >= 0xC2 && lead <= 0xDF ? 2 : (lead & 0xF0) == 0xE0 ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    if (length == 0 || count - at < length) return at;
    for (size_t i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) return at;
    }
    uint8_t second = bytes[at + 1];
    bool bad = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || (lead == 0xF0 && second < 0x90) ||
               (lead == 0xF4 && second > 0x8F);
    if (bad) return at;
    at += length;
  }
  return count;
}

Finding find_fault(const uint8_t *bytes, size_t count, size_t max_depth) {
  size_t bad_utf8 = find_bad_utf8(bytes, count);
  if (bad_utf8 < count) return {Fault::utf8, bad_utf8};
  enum class Want { value, valueOrEnd, key, keyOrEnd, colon, commaOrEnd, nothing };
  std::string open;
  Want want = Want::value;
  size_t at = 0;
  while (true) {
    while (at < count && is_space(bytes[at])) at++;
    if (at >= count) return {want == Want::nothing ? Fault::none : Fault::syntax, count};
    uint8_t c = bytes[at];
    bool may_end = want == Want::commaOrEnd || (want == Want::valueOrEnd && c == ']') || (want == Want::keyOrEnd && c == '}');
    if ((c == '}' || c == ']') && may_end && !open.empty() && open.back() == (c == '}' ? '{' : '[')) {
      open.pop_back();
      want = open.empty() ? Want::nothing : Want::commaOrEnd;
      at++;
    } else if (want == Want::commaOrEnd && c == ',') {
      want = open.back() == '{' ? Want::key : Want::value;
      at++;
    } else if (want == Want::colon && c == ':') {
      want = Want::value;
      at++;
    } else if ((want == Want::key || want == Want::keyOrEnd) && c == '"') {
      if (!skip_string(bytes, count, at)) return {Fault::syntax, at};
      want = Want::colon;
    } else if (want == Want::value || want == Want::valueOrEnd) {
      if (c == '{' || c == '[') {
        open.push_back(static_cast<char>(c));
        if (open.size() > max_depth) return {Fault::depth, at};
        want = c == '{' ? Want::keyOrEnd : Want::valueOrEnd;
        at++;
        continue;
      }
      size_t start = at;
      bool number = c == '-' || is_digit(c);
      bool good = c == '"' ? skip_string(bytes, count, at)
                           : number ? skip_number(bytes, count, at) : skip_literal(bytes, count, at);
      if (!good) return {Fault::syntax, at};
      if (number && !in_range(bytes, start, at)) return {Fault::number, start};
      want = open.empty() ? Want::nothing : Want::commaOrEnd;
    } else {
      return {Fault::syntax, at};
    }
  }
}

bool raw_number_of_member(const uint8_t *bytes, size_t count, const std::string &name, std::string &number) {
  bool found = false;
  size_t depth = 0;
  bool is_key = false;
  bool matches = false;
  size_t at = 0;
  while (at < count) {
    uint8_t c = bytes[at];
    if (c == '"') {
      size_t start = at + 1;
      if (!skip_string(bytes, count, at)) return false;
      if (is_key && depth == 1) {
        matches = at - 1 - start == name.size() && std::memcmp(bytes + start, name.data(), name.size()) == 0;
      }
      is_key = false;
    } else if (c == '-' || is_digit(c)) {
      size_t start = at;
      if (!skip_number(bytes, count, at)) return false;
      if (depth == 1 && matches) {
        number.assign(reinterpret_cast<const char *>(bytes) + start, at - start);
        found = true;
      }
    } else {
      if (c == '{' || c == '[') depth++;
      if (c == '}' || c == ']') depth--;
      if (depth == 1 && (c == '{' || c == ',')) {
        is_key = true;
        matches = false;
      }
      at++;
    }
  }
  return found;
}

size_t replace_lone_surrogates(const uint8_t *bytes, size_t count, std::string &out) {
  out.clear();
  out.reserve(count);
  size_t replaced = 0;
  size_t at = 0;
  size_t copied = 0;
  while (at < count) {
    const void *next = std::memchr(bytes + at, '\\', count - at);
    if (next == nullptr) break;
    at = static_cast<size_t>(static_cast<const uint8_t *>(next) - bytes);
    int unit = escape_unit(bytes, count, at);
    if (unit < 0) {
      at += 2;
      continue;
    }
    if (unit < 0xD800 || unit > 0xDFFF) {
      at += 6;
      continue;
    }
    int following = unit < 0xDC00 && count - at >= 12 ? escape_unit(bytes, count, at + 6) : -1;
    if (following >= 0xDC00 && following <= 0xDFFF) {
      at += 12;
      continue;
    }
    out.append(reinterpret_cast<const char *>(bytes) + copied, at - copied);
    out.append("\\uFFFD");
    at += 6;
    copied = at;
    replaced++;
  }
  out.append(reinterpret_cast<const char *>(bytes) + copied, count - copied);
  return replaced;
}

}  // namespace cjson
