#include "mocks/engine/id_token.h"

#include "mocks/engine/scope.h"
#include "mocks/engine/signing.h"
#include "mocks/engine/state.h"
#include "protocol/base/encoding.h"
#include "protocol/jose/hash.h"
#include "protocol/jose/jwt.h"

#include <algorithm>
#include <array>

namespace keur::mocks {

namespace {

// Half of the hash, for algorithms whose hash is SHA-256 (OpenID Connect Core §3.1.3.6).
std::string half_hash(std::string const& text)
{
    return base64url(jose::sha256(text).substr(0, 16));
}

Json all_claims(PlatformState& state, Family const& family, std::string const& access_token)
{
    auto const now = state.server_time();
    Json claims{{"iss", state.issuer()},
                {"sub", subject_of(family)},
                {"aud", family.client_id},
                {"azp", family.client_id},
                {"iat", jose::numeric_date(now)},
                {"nbf", jose::numeric_date(now)},
                {"exp", jose::numeric_date(now + state.switches.duration("id-token.lifetime"))},
                {"jti", state.random.uuid()},
                {"at_hash", half_hash(access_token)},
                {"amr", Json::array({"pwd"})}};
    for (auto const& [name, value] : family.identity.items()) claims[name] = value;
    return claims;
}

bool is_needed(std::string const& claim)
{
    constexpr std::array<std::string_view, 5> needed{"iss", "sub", "aud", "iat", "exp"};
    return std::ranges::find(needed, claim) != needed.end();
}

}  // namespace

Json identity_of(PlatformState const& state, Interaction const& interaction)
{
    auto const& wanted = interaction.acr_values;
    auto acr = wanted.empty() ? state.switches.text("id-token.acr") : wanted.substr(0, wanted.find(' '));
    Json identity{{"auth_time", jose::numeric_date(interaction.signed_in)}, {"sid", interaction.session_id}};
    if (!acr.empty()) identity["acr"] = std::move(acr);
    return identity;
}

std::string subject_of(Family const& family)
{
    return base64url(jose::sha256("subject of " + family.user)).substr(0, 22);
}

std::string make_id_token(PlatformState& state, Family const& family, std::string const& nonce,
                          std::string const& access_token)
{
    if (family.user.empty() || !scope_has(family.scope, "openid")) return {};
    auto const wanted = state.switches.texts("id-token.claims");
    auto const all = all_claims(state, family, access_token);
    auto claims = Json::object();
    for (auto const& [name, value] : all.items())
        if (is_needed(name) || std::ranges::find(wanted, name) != wanted.end()) claims[name] = value;
    if (!nonce.empty()) claims["nonce"] = nonce;
    auto token = signed_by_provider(state.switches.text("id-token.algorithm"), state.signing_generation, claims);
    auto& secret = state.transcript.secrets.add("id-token", token, state.clock.now());
    secret.client_id = family.client_id;
    secret.expires = state.clock.now() + state.switches.duration("id-token.lifetime");
    return token;
}

Result<std::string> sign_again(std::string const& id_token, ClaimChange const& change)
{
    auto jws = jose::parse_jws(id_token);
    if (!jws) return fail(jws);
    auto claims = parse_json(jws->payload, "ID Token");
    if (!claims) return fail(claims);
    for (auto const& [name, value] : change.set.items()) (*claims)[name] = value;
    for (auto const& [name, by] : change.shift)
        if (auto const found = claims->find(name); found != claims->end() && found->is_number_integer())
            *found = found->get<long long>() + by.count();
    for (auto const& name : change.remove) claims->erase(name);
    auto const signer = id_token_signer_named(jws->alg(), jws->kid());
    if (!signer) return fail(signer);
    return jose::sign_as_is(jws->header_text, to_line(*claims), *signer);
}

}  // namespace keur::mocks
