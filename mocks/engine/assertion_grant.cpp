#include "mocks/engine/assertion_grant.h"

#include "mocks/engine/state.h"
#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks {

namespace {

using std::chrono::milliseconds;

std::unexpected<AssertionRefusal> refused(Objection objection, std::string detail)
{
    return std::unexpected(AssertionRefusal{objection, std::move(detail)});
}

AssertionGrant const& ways_of(PlatformState const& state)
{
    static AssertionGrant const none{};
    return state.blueprint.system == nullptr ? none : state.blueprint.system->assertion_grant;
}

Asserted<Client*> client_of(PlatformState& state, jose::Claims const& claims)
{
    if (!claims.iss) return refused(Objection::missing_claim, "the claim iss is missing");
    auto* const client = state.client(*claims.iss);
    if (client == nullptr || client->withdrawn || client->registration->elsewhere)
        return refused(Objection::unknown_client, fmt::format("no client {} here", excerpt(*claims.iss, 60)));
    return client;
}

Asserted<jose::Jwk> registered_key(PlatformState const& state, Client const& client, std::string const& kid)
{
    auto const& keys = client.keys;
    auto const found = std::ranges::find_if(keys, [&](ClientKey const& key) { return key.jwk.kid == kid; });
    if (found == keys.end())
        return refused(Objection::unknown_key, fmt::format("the client has no key {}", excerpt(kid, 60)));
    auto const life = ways_of(state).key_life;
    if (life.count() > 0 && found->registered + life <= state.server_time())
        return refused(Objection::key_expired, fmt::format("the key {} is too old", kid));
    auto key = found->jwk;
    key.kid.clear();
    return key;
}

// The key that the header means. A client that has registered keys must name one of them (kid); only one that has not
// shows a certificate (x5c).
Asserted<jose::Jwk> key_for(PlatformState& state, Client const& client, Json const& header)
{
    bool const has_kid = header.contains("kid");
    bool const has_chain = header.contains("x5c");
    if (has_kid && has_chain) return refused(Objection::malformed, "the header has kid and x5c");
    if (has_kid) return registered_key(state, client, text_member(header, "kid"));
    if (!has_chain) return refused(Objection::unknown_key, "the header has neither kid nor x5c");
    if (!client.keys.empty())
        return refused(Objection::untrusted_certificate, "the client has registered a key and must name it in kid");
    auto const& look = ways_of(state).key_of_certificate;
    if (!look) return refused(Objection::malformed, "x5c is not known here");
    return look(state, client, *header.find("x5c"));
}

Asserted<jose::Algorithm> algorithm_of(PlatformState const& state, jose::Jws const& jws)
{
    auto const& allowed = ways_of(state).algorithms;
    auto const algorithm = jose::parse_algorithm(jws.alg());
    if (!algorithm || std::ranges::find(allowed, jws.alg()) == allowed.end())
        return refused(Objection::algorithm, fmt::format("alg {} is not taken here", excerpt(jws.alg(), 40)));
    return *algorithm;
}

Asserted<void> check_audience(PlatformState const& state, jose::Claims const& claims)
{
    auto const issuer = state.issuer();
    auto const audience = claims.all.find("aud");
    if (audience == claims.all.end()) return refused(Objection::missing_claim, "the claim aud is missing");
    if (!audience->is_string()) return refused(Objection::wrong_audience, "aud is not one value");
    bool const is_endpoint = state.switches.is("grant-assertion.audience", "issuer-or-token-endpoint") &&
                             claims.aud.front() == state.address("token");
    if (claims.aud.front() == issuer || is_endpoint) return {};
    return refused(Objection::wrong_audience, fmt::format("aud is {}", excerpt(claims.aud.front(), 100)));
}

// In the order in which an observer of the real server reports its checks: life, iat ahead, exp behind.
Asserted<void> check_times(PlatformState const& state, jose::Claims const& claims)
{
    if (!claims.iat) return refused(Objection::missing_claim, "the claim iat is missing");
    if (!claims.exp) return refused(Objection::missing_claim, "the claim exp is missing");
    auto const longest = state.switches.duration("grant-assertion.longest-life");
    auto const skew = state.switches.duration("grant-assertion.clock-skew");
    auto const now = std::chrono::floor<milliseconds>(state.server_time());
    if (*claims.exp - *claims.iat > longest)
        return refused(Objection::lives_too_long,
                       fmt::format("exp lies more than {} s after iat",
                                   std::chrono::duration_cast<std::chrono::seconds>(longest).count()));
    if (*claims.iat > now + skew) return refused(Objection::issued_ahead, "iat lies after the present time");
    if (*claims.exp < now - skew) return refused(Objection::expired, "the assertion has expired, its exp has passed");
    return {};
}

}  // namespace

Asserted<Client*> client_of_grant_assertion(PlatformState& state, http::Form const& form)
{
    auto const text = form.get("assertion");
    if (text.empty()) return refused(Objection::malformed, "assertion is missing");
    auto const jwt = jose::parse_jwt(text);
    if (!jwt) return refused(Objection::malformed, jwt.error().what);
    return client_of(state, jwt->claims);
}

Asserted<GrantAssertion> read_grant_assertion(PlatformState& state, http::Form const& form)
{
    auto text = form.get("assertion");
    if (text.empty()) return refused(Objection::malformed, "assertion is missing");
    auto jwt = jose::parse_jwt(text);
    if (!jwt) return refused(Objection::malformed, jwt.error().what);
    auto const client = client_of(state, jwt->claims);
    if (!client) return std::unexpected(client.error());
    auto const algorithm = algorithm_of(state, jwt->jws);
    if (!algorithm) return std::unexpected(algorithm.error());
    auto const key = key_for(state, **client, jwt->jws.header);
    if (!key) return std::unexpected(key.error());
    if (auto const verified = jose::verify(jwt->jws, *key, {*algorithm}); !verified)
        return refused(Objection::bad_signature, verified.error().what);
    bool const by_certificate = jwt->jws.header.contains("x5c");
    return GrantAssertion{std::move(text), std::move(*jwt), *client, by_certificate};
}

Asserted<void> accept_grant_assertion(PlatformState& state, GrantAssertion const& assertion)
{
    auto const& claims = assertion.jwt.claims;
    if (auto const right = check_audience(state, claims); !right) return right;
    if (auto const right = check_times(state, claims); !right) return right;
    auto const name = *claims.iss + ' ' + claims.jti.value_or(assertion.text);
    if (!state.used_assertions.insert(name).second)
        return refused(Objection::used_before, "the grant, or its jti, was used before");
    bury(state, assertion.text);
    return {};
}

OAuthError worded(PlatformState& state, AssertionRefusal const& refusal)
{
    if (auto const& word = ways_of(state).word) return word(state, refusal);
    return {"invalid_grant", refusal.detail, 400, {}};
}

}  // namespace keur::mocks
