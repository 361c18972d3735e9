#pragma once

#include "protocol/base/clock.h"
#include "protocol/base/result.h"

#include <string_view>

namespace keur::http {

// Parses an HTTP-date in any of the three forms a recipient must understand (RFC 9110 §5.6.7); `to_http_date` prints
// the preferred one. A two-digit year from 70 is of the last century. The name of the day is not compared.
[[nodiscard]] Result<TimePoint> parse_http_date(std::string_view text);

}  // namespace keur::http
