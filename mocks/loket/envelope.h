#pragma once

#include "mocks/engine/state.h"
#include "protocol/http/message.h"

#include <string>

namespace keur::mocks::loket {

// The kinds of message in an envelope.
enum class MessageType { broken_business_rule, warning, exception, missing_entity };

// An answer with one entity in `content`, or a list in `_embedded` and its paging.
[[nodiscard]] http::Response entity(PlatformState const& state, std::string const& version, Json content);
struct Paging {
    std::size_t number = 1;
    std::size_t size = 250;
};
[[nodiscard]] http::Response list_page(PlatformState const& state, std::string const& version, Json all,
                                       Paging const& paging);

// An envelope that carries nothing but the message.
[[nodiscard]] http::Response message(PlatformState const& state, int status, MessageType type, std::string const& text);
// 401 with its challenge; `error` is empty when no credentials came (RFC 6750 §3.1).
[[nodiscard]] http::Response unauthorized(std::string const& error, std::string const& text);
// Any of them by status, for what no handler answers and for faults.
[[nodiscard]] http::Response refuse(PlatformState& state, int status, std::string const& text);

}  // namespace keur::mocks::loket
