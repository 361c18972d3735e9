#include "protocol/jose/jwt.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <cmath>

namespace keur::jose {

namespace {

std::unexpected<Error> wrong_claim(std::string_view claim, Json const& value, std::string_view wanted)
{
    return fail("JWT", fmt::format("'{}' is {}, not {}", claim, shortened(to_line(value), 80), wanted),
                "see RFC 7519 §4.1");
}

Result<void> read_text(Json const& claims, std::string const& name, std::optional<std::string>& text)
{
    auto const found = claims.find(name);
    if (found == claims.end()) return {};
    if (!found->is_string()) return wrong_claim(name, *found, "a string");
    text = found->get<std::string>();
    return {};
}

Result<void> read_date(Json const& claims, std::string const& name, std::optional<NumericDate>& date)
{
    constexpr double end_of_9999 = 253402300799.0;
    auto const found = claims.find(name);
    if (found == claims.end()) return {};
    auto const seconds = found->is_number() ? found->get<double>() : -1.0;
    if (!(seconds >= 0.0 && seconds <= end_of_9999))
        return wrong_claim(name, *found, "a number of seconds from 1970 to 9999");
    date = NumericDate(std::chrono::milliseconds(static_cast<std::int64_t>(std::floor(seconds * 1000.0))));
    return {};
}

Result<void> read_audience(Json const& claims, std::vector<std::string>& audience)
{
    auto const found = claims.find("aud");
    if (found == claims.end()) return {};
    if (found->is_string()) {
        audience = {found->get<std::string>()};
        return {};
    }
    if (!found->is_array()) return wrong_claim("aud", *found, "a string or an array of strings");
    for (auto const& one : *found) {
        if (!one.is_string()) return wrong_claim("aud", *found, "a string or an array of strings");
        audience.push_back(one.get<std::string>());
    }
    return {};
}

}  // namespace

Result<Claims> parse_claims(std::string_view text)
{
    auto json = parse_json(text, "JWT");
    if (!json) return fail(json);
    if (!json->is_object()) return fail("JWT", "the claims are not a JSON object", "see RFC 7519 §4");
    Claims claims;
    for (auto const& [name, member] : {std::pair{"iss", &claims.iss}, {"sub", &claims.sub}, {"jti", &claims.jti}})
        if (auto const done = read_text(*json, name, *member); !done) return fail(done);
    for (auto const& [name, member] : {std::pair{"exp", &claims.exp}, {"nbf", &claims.nbf}, {"iat", &claims.iat}})
        if (auto const done = read_date(*json, name, *member); !done) return fail(done);
    if (auto const done = read_audience(*json, claims.aud); !done) return fail(done);
    claims.all = std::move(*json);
    return claims;
}

Result<Jwt> parse_jwt(std::string_view compact)
{
    auto jws = parse_jws(compact);
    if (!jws) return fail(jws);
    auto claims = parse_claims(jws->payload);
    if (!claims) return fail(claims);
    return Jwt{std::move(*jws), std::move(*claims)};
}

Result<void> check_times(Claims const& claims, TimePoint now, std::chrono::seconds leeway)
{
    auto const time = std::chrono::floor<std::chrono::milliseconds>(now);
    if (claims.exp && time - leeway >= *claims.exp)
        return fail("JWT", fmt::format("it expired at {}", to_rfc3339(TimePoint(*claims.exp))), "make a new one");
    if (claims.nbf && time + leeway < *claims.nbf)
        return fail("JWT", "it is not valid yet: nbf lies ahead", "wait, or set the clock right");
    return {};
}

Json numeric_date(TimePoint time)
{
    return seconds_since_epoch(time).count();
}

}  // namespace keur::jose
