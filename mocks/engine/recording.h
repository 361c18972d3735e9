#pragma once

#include "mocks/engine/exchange.h"
#include "protocol/base/json.h"
#include "protocol/http/message.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace keur::mocks {

// What it says a `certificate` has.
[[nodiscard]] Json certificate_fields(x509::Certificate const& certificate);
// What evidence/observation.h says a `request` has.
[[nodiscard]] Json request_fields(Exchange const& exchange, std::uint64_t connection);
// What it says a `response` has, but `faults` and `delivered`.
[[nodiscard]] Json response_fields(http::Response const& response, std::string const& endpoint, int request_id);

// User and password of an Authorization header with the Basic scheme, form-decoded as RFC 6749 §2.3.1 wants; nullopt
// when the header is absent, of another scheme or broken.
[[nodiscard]] std::optional<std::pair<std::string, std::string>> basic_credentials(http::Headers const& headers);
// What follows `scheme ` in the Authorization header; empty when there is none or it is of another scheme.
[[nodiscard]] std::string authorization(http::Headers const& headers, std::string_view scheme);

}  // namespace keur::mocks
