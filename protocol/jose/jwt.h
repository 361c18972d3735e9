#pragma once

#include "protocol/base/clock.h"
#include "protocol/base/json.h"
#include "protocol/base/result.h"
#include "protocol/jose/jws.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keur::jose {

// Seconds since 1970 with a fraction, as a JWT has them (RFC 7519 §2); kept to the millisecond, up to the year 9999.
using NumericDate = std::chrono::sys_time<std::chrono::milliseconds>;

// The registered claims of a JWT (RFC 7519 §4.1); absent claims are nullopt, an absent `aud` is empty.
struct Claims {
    std::optional<std::string> iss;
    std::optional<std::string> sub;
    std::vector<std::string> aud;
    std::optional<NumericDate> exp;
    std::optional<NumericDate> nbf;
    std::optional<NumericDate> iat;
    std::optional<std::string> jti;
    Json all;  // the whole claims set

    bool operator==(Claims const&) const = default;
};

// Reads a claims set; fails on anything but an object whose registered claims have their types.
[[nodiscard]] Result<Claims> parse_claims(std::string_view text);

struct Jwt {
    Jws jws;  // NOT verified
    Claims claims;
};
// Takes a signed JWT apart without verifying it.
[[nodiscard]] Result<Jwt> parse_jwt(std::string_view compact);

// Fails when `now` is at or after exp, or before nbf, beyond the leeway. Absent claims pass: ask for them yourself.
[[nodiscard]] Result<void> check_times(Claims const& claims, TimePoint now,
                                       std::chrono::seconds leeway = std::chrono::seconds(0));

// `time` as a claim value, rounded down to whole seconds.
[[nodiscard]] Json numeric_date(TimePoint time);

}  // namespace keur::jose
