#pragma once

#include "protocol/base/result.h"
#include "protocol/http/message.h"

#include <string>
#include <string_view>

namespace keur::net {

// Parses one complete HTTP/1.1 message with the parser and the limits the server uses (Beast). Fails on a message that
// is broken, incomplete, has trailing bytes, or is over the limits (8 KiB header, `most_body`).
[[nodiscard]] Result<http::Request> parse_request(std::string_view text, std::size_t most_body = 1U << 20U);
[[nodiscard]] std::string to_text(http::Request const& request);

}  // namespace keur::net
