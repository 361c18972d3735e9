#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keur {

// A text with its escapes undone, and where in the source its bytes came from.
class DecodedText {
public:
    [[nodiscard]] std::string const& text() const { return text_; }
    // The place in the source that byte `at` came from; for the end of the text, the end of the source.
    [[nodiscard]] std::size_t source_of(std::size_t at) const;

    // `bytes` stand for the next `consumed` bytes of the source.
    void take(std::string_view bytes, std::size_t consumed);

private:
    struct Jump {
        std::size_t at;
        std::size_t source;
    };
    std::string text_;
    std::vector<Jump> jumps_;  // from each on, bytes correspond one to one until the next
    std::size_t consumed_ = 0;
};

// %XX in either case, also of characters that need no escape; what is no escape stays. `plus_is_space` as in forms.
[[nodiscard]] DecodedText undo_percent(std::string_view text, bool plus_is_space);
// The escapes of a JSON string (RFC 8259 §7), found anywhere in `text`; surrogates stay as they are.
[[nodiscard]] DecodedText undo_json(std::string_view text);

}  // namespace keur
