#include "protocol/oauth/client_assertion.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::oauth {

namespace {

std::unexpected<Error> refused(std::string what, std::string remedy)
{
    return fail("client assertion", std::move(what), std::move(remedy));
}

std::string shown(std::optional<std::string> const& text)
{
    return text ? fmt::format("'{}'", excerpt(*text, 80)) : "absent";
}

Result<void> check_names(jose::Claims const& claims, AssertionDemands const& demands)
{
    for (auto const& [name, value] : {std::pair{"iss", &claims.iss}, {"sub", &claims.sub}})
        if (*value != demands.client_id)
            return refused(fmt::format("{} is {}, not the client '{}'", name, shown(*value), demands.client_id),
                           "set iss and sub to the client_id (RFC 7523 §3)");
    auto const is_meant = [&](std::string const& audience) {
        return std::ranges::find(demands.audiences, audience) != demands.audiences.end();
    };
    if (std::ranges::none_of(claims.aud, is_meant))
        return refused(fmt::format("aud is {}, which names no audience of this server",
                                   shown(claims.aud.empty() ? std::nullopt : std::optional(claims.aud.front()))),
                       fmt::format("set it to '{}'", demands.audiences.empty() ? "" : demands.audiences.front()));
    return {};
}

Result<void> check_life(jose::Claims const& claims, AssertionDemands const& demands, TimePoint now)
{
    if (!claims.exp) return refused("exp is absent", "set it a minute ahead (RFC 7523 §3)");
    if (auto const in_time = jose::check_times(claims, now, demands.leeway); !in_time) return in_time;
    auto const time = std::chrono::floor<std::chrono::milliseconds>(now);  // nanoseconds end before the year 9999
    if (*claims.exp - time > demands.longest_lifetime + demands.leeway)
        return refused(fmt::format("exp lies more than {} s ahead", demands.longest_lifetime.count()),
                       "make it for this request only");
    if (claims.iat && *claims.iat > time + demands.leeway) return refused("iat lies ahead", "set the clock right");
    return {};
}

}  // namespace

Result<std::string> make_client_assertion(AssertionClaims const& claims, jose::Signer const& signer)
{
    Json json;
    json["iss"] = claims.client_id;
    json["sub"] = claims.client_id;
    json["aud"] = claims.audience;
    json["iat"] = jose::numeric_date(claims.issued_at);
    json["exp"] = jose::numeric_date(claims.issued_at + claims.lifetime);
    json["jti"] = claims.jti;
    return signer.sign(to_line(json));
}

Result<jose::Claims> check_client_assertion(std::string_view assertion, AssertionDemands const& demands, TimePoint now)
{
    auto const jws = jose::parse_jws(assertion);
    if (!jws) return fail(jws);
    if (auto const verified = jose::verify(*jws, demands.keys, demands.algorithms); !verified) return fail(verified);
    auto claims = jose::parse_claims(jws->payload);
    if (!claims) return claims;
    if (auto const named = check_names(*claims, demands); !named) return fail(named);
    if (auto const alive = check_life(*claims, demands, now); !alive) return fail(alive);
    return claims;
}

}  // namespace keur::oauth
