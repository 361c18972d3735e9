#pragma once

#include "protocol/base/result.h"

#include <string>
#include <string_view>

namespace keur {

// base64url without padding (RFC 7515 §2).
[[nodiscard]] std::string base64url(std::string_view bytes);
// base64 with padding (RFC 4648 §4).
[[nodiscard]] std::string base64(std::string_view bytes);
// Lower-case hexadecimal.
[[nodiscard]] std::string hex(std::string_view bytes);

// Strict decoders: only the alphabet, only canonical trailing bits, padding never (base64url) or always (base64).
[[nodiscard]] Result<std::string> from_base64url(std::string_view text);
[[nodiscard]] Result<std::string> from_base64(std::string_view text);

// True when `bytes` is well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
[[nodiscard]] bool is_utf8(std::string_view bytes);
// `bytes` with everything that is not well-formed UTF-8, and every control character but tab and newline, shown as
// \xNN.
[[nodiscard]] std::string printable(std::string_view bytes);
// `text` cut to at most `limit` bytes on a character border, with `…` in place of what is missing
// (nothing at all when there is no room even for that).
[[nodiscard]] std::string shortened(std::string_view text, std::size_t limit);
// Both: the start of `bytes` for a message, printable, in at most `limit` bytes. Takes no longer for long ones.
[[nodiscard]] std::string excerpt(std::string_view bytes, std::size_t limit);

}  // namespace keur
