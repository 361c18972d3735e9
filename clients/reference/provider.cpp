#include "clients/reference/provider.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace keur::reference {

namespace {

struct AddressRow {
    char const* name;
    std::string Settings::* member;
    std::string_view guess;  // for Flaw::metadata_guessed
    bool is_needed = false;
};
constexpr std::array addresses{
    AddressRow{"authorization_endpoint", &Settings::authorization_endpoint, "/authorize", true},
    AddressRow{"token_endpoint", &Settings::token_endpoint, "/token", true},
    AddressRow{"jwks_uri", &Settings::jwks_uri, "/jwks.json", true},
    AddressRow{"userinfo_endpoint", &Settings::userinfo_endpoint, "/userinfo"},
    AddressRow{"end_session_endpoint", &Settings::end_session_endpoint, "/logout"},
};

std::unexpected<Error> refused(std::string what)
{
    return fail("provider", std::move(what), "try again later; when it stays, ask the operator");
}

bool is_for_signatures(jose::Jwk const& key)
{
    return key.key() != nullptr && key.key()->kind() == x509::KeyKind::rsa && (key.use.empty() || key.use == "sig");
}

}  // namespace

Result<Json> Provider::get(Wire& wire, std::string const& address, char const* what)
{
    auto const url = http::parse_url(address);
    if (!url) return fail(url);
    auto const answer = wire.send(Party::token_endpoint, *url, {.method = "GET", .target = url->target()});
    if (!answer) return fail(answer);
    auto json = parse_json(answer->body, what);
    if (answer->status != 200 || !json || !json->is_object())
        return refused(fmt::format("its {} is answered {} and is no JSON object", what, answer->status));
    return std::move(*json);
}

Result<void> Provider::take(Json const& metadata)
{
    auto const issuer = text_member(metadata, "issuer");
    if (issuer != settings_.issuer && !flaws_.has(Flaw::metadata_issuer_unchecked))
        return refused(fmt::format("its metadata is of the issuer '{}'", printable(shortened(issuer, 100))));
    for (auto const& row : addresses) {
        auto const value = text_member(metadata, row.name);
        auto const url = http::parse_url(value);
        if (value.empty() && !row.is_needed) continue;
        if (value.empty() && flaws_.has(Flaw::metadata_guessed)) {
            settings_.*row.member = settings_.issuer + std::string(row.guess);
            continue;
        }
        if (!url) return refused(fmt::format("its metadata has no {} that can be used", row.name));
        if (url->scheme != "https" && !flaws_.has(Flaw::plain_http))
            return refused(fmt::format("the {} in its metadata is not https", row.name));
        settings_.*row.member = value;
    }
    auto const names_issuer = metadata.find("authorization_response_iss_parameter_supported");
    settings_.names_issuer = names_issuer != metadata.end() && *names_issuer == true;
    return {};
}

// Metadata that come signed count before the plain ones, with a key that no metadata point to (RFC 8414 §2.1).
Result<Json> Provider::signed_part(Wire& wire, Json metadata)
{
    auto const told = text_member(settings_.all, "jwks_uri");
    if (!metadata.contains("signed_metadata") || told.empty() || flaws_.has(Flaw::signed_metadata_ignored))
        return metadata;
    auto const token = jose::parse_jws(text_member(metadata, "signed_metadata"));
    if (!token) return refused("its signed metadata cannot be read");
    settings_.jwks_uri = told;
    if (!flaws_.has(Flaw::signed_metadata_unverified))
        if (auto const right = verify(wire, *token); !right) return fail(right);
    auto const claims = parse_json(token->payload, "signed metadata");
    if (!claims || !claims->is_object() || text_member(*claims, "iss").empty())
        return refused("its signed metadata cannot be read");
    for (auto const& [name, value] : claims->items()) metadata[name] = value;
    return metadata;
}

// What a program does that is to find out by itself who the provider is.
void Provider::ask_webfinger(Wire& wire)
{
    std::ignore = get(wire, settings_.issuer + "/.well-known/webfinger?resource=acct:user@keur.example", "answer");
}

Result<void> Provider::learn(Wire& wire)
{
    auto const now = SystemClock().now();
    if (now < good_until_ && !flaws_.has(Flaw::metadata_unkept)) return {};
    has_keys_ = has_keys_ && flaws_.has(Flaw::keys_kept_for_ever);
    if (flaws_.has(Flaw::webfinger_asked)) ask_webfinger(wire);
    auto metadata = get(wire, settings_.metadata_endpoint, "metadata");
    if (!metadata && flaws_.has(Flaw::metadata_guessed)) metadata = Json{{"issuer", settings_.issuer}};
    if (!metadata) return fail(metadata);
    auto const right = signed_part(wire, std::move(*metadata));
    if (!right) return fail(right);
    if (auto const taken = take(*right); !taken) return taken;
    good_until_ = now + std::chrono::hours(24);
    return {};
}

Result<void> Provider::fetch_keys(Wire& wire)
{
    auto const json = get(wire, settings_.jwks_uri, "key set");
    if (!json) return fail(json);
    auto const list = json->find("keys");
    if (list == json->end() || !list->is_array()) return refused("its key set has no list of keys");
    keys_.keys.clear();
    for (auto const& one : *list) {  // one that cannot be read is none of ours
        auto key = jose::read_jwk(one);
        if (key) keys_.keys.push_back(std::move(*key));
        if (!key && flaws_.has(Flaw::key_set_whole)) return refused("its key set has a key that is not known here");
    }
    has_keys_ = true;
    return {};
}

// Without a kid the only key that fits is meant.
jose::Jwk const* Provider::key_for(std::string const& kid) const
{
    if (flaws_.has(Flaw::first_key_used)) return keys_.keys.empty() ? nullptr : &keys_.keys.front();
    jose::Jwk const* found = nullptr;
    for (auto const& key : keys_.keys) {
        if (!is_for_signatures(key) || (!kid.empty() && key.kid != kid)) continue;
        if (found != nullptr) return nullptr;
        found = &key;
    }
    return found;
}

// What a program does that believes what a token says of its own key.
Result<void> Provider::trust_token(Wire& wire, jose::Jws const& token)
{
    if (auto const url = http::parse_url(text_member(token.header, "jku")))
        std::ignore = wire.send(Party::portal, *url, {.method = "GET", .target = url->target()});
    auto const inside = token.header.find("jwk");
    if (inside == token.header.end()) return refused("the token names a key elsewhere");
    auto const key = jose::read_jwk(*inside);
    if (!key) return fail(key);
    return jose::verify(token, *key, {jose::Algorithm::rs256});
}

std::string Provider::algorithm() const
{
    auto const agreed = text_member(settings_.all, "id_token_signed_response_alg");
    return agreed.empty() || flaws_.has(Flaw::rs256_only) ? "RS256" : agreed;
}

Result<void> Provider::verify(Wire& wire, jose::Jws const& token)
{
    bool const looks_inside = token.header.contains("jwk") || token.header.contains("jku");
    if (flaws_.has(Flaw::key_of_token) && looks_inside) return trust_token(wire, token);
    auto const kid = token.kid();
    int fetches = 0;
    int const most = flaws_.has(Flaw::keys_fetched_without_end) ? 8 : 1;
    if (!has_keys_ || flaws_.has(Flaw::keys_unkept)) {
        if (auto const fetched = fetch_keys(wire); !fetched) return fetched;
        fetches = flaws_.has(Flaw::keys_fetched_without_end) ? 0 : 1;
    }
    for (; key_for(kid) == nullptr && fetches < most && !flaws_.has(Flaw::keys_kept_for_ever); ++fetches)
        if (auto const fetched = fetch_keys(wire); !fetched) return fetched;
    auto const* const key = key_for(kid);
    if (key == nullptr) return refused("the ID Token is signed with a key that the provider does not have");
    auto const agreed = jose::parse_algorithm(algorithm());
    if (!agreed) return fail(agreed);
    return jose::verify(token, *key, {*agreed});
}

}  // namespace keur::reference
