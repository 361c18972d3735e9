#pragma once

#include "protocol/base/result.h"

#include <nlohmann/json.hpp>

#include <string_view>

namespace keur {

// Members keep the order in which they were written, so that records and reports read the way they were made.
using Json = nlohmann::ordered_json;

// Parses one JSON text (RFC 8259). `where` names the text in the error. Fails on anything but one complete value,
// on text that is not UTF-8, on nesting beyond 64 levels, and on an object that has a member twice or more than 2000 of
// them.
[[nodiscard]] Result<Json> parse_json(std::string_view text, std::string_view where);

// One line, never throws: bytes that are not UTF-8 are replaced.
[[nodiscard]] std::string to_line(Json const& value);

// The string member `name` of an object, or empty when there is none.
[[nodiscard]] std::string text_member(Json const& object, std::string_view name);

}  // namespace keur
