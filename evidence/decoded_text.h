#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keur {

// A text with its escapes undone, and for each byte the place in the source that it came from.
struct DecodedText {
    std::string text;
    std::vector<std::size_t> from;  // one more than bytes: the last is the end of the source

    // The part of the source that made `count` bytes from `at`.
    [[nodiscard]] std::size_t begin(std::size_t at) const { return from[at]; }
    [[nodiscard]] std::size_t end(std::size_t at, std::size_t count) const { return from[at + count]; }
};

// %XX in either case, also of characters that need no escape; what is no escape stays. `plus_is_space` as in forms.
[[nodiscard]] DecodedText undo_percent(std::string_view text, bool plus_is_space);
// The escapes of a JSON string (RFC 8259 §7), found anywhere in `text`; surrogates stay as they are.
[[nodiscard]] DecodedText undo_json(std::string_view text);

}  // namespace keur
