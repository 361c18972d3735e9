#pragma once

#include "mocks/engine/oauth_error.h"
#include "protocol/base/json.h"
#include "protocol/http/message.h"

#include <string>

namespace keur::mocks {

// JSON that nobody may keep (RFC 6749 §5.1).
[[nodiscard]] http::Response json_answer(int status, Json const& body);
// 303, so that a POST with a password never travels on (RFC 9700 §4.12).
[[nodiscard]] http::Response see_other(std::string location);
[[nodiscard]] http::Response plain_text(int status, std::string text);

}  // namespace keur::mocks
