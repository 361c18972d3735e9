#pragma once

#include "protocol/base/clock.h"
#include "protocol/base/result.h"

#include <chrono>
#include <string_view>

namespace keur::http {

// How long after `now` a Retry-After value asks to wait (RFC 9110 §10.2.3): seconds, or until an HTTP date; a date that
// has passed is no wait. Fails on anything else, and on more than a year.
[[nodiscard]] Result<std::chrono::seconds> parse_retry_after(std::string_view value, TimePoint now);

}  // namespace keur::http
