#include "mocks/maskinporten/decision.h"

#include "mocks/engine/scope.h"
#include "mocks/engine/state.h"
#include "mocks/maskinporten/register.h"
#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::mocks::maskinporten {

namespace {

constexpr std::string_view authority = "iso6523-actorid-upis";

std::unexpected<AssertionRefusal> refused(Objection objection, std::string detail)
{
    return std::unexpected(AssertionRefusal{objection, std::move(detail)});
}

bool has_digits(std::string_view text, std::size_t count)
{
    return text.size() == count && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// ISO 6523 with the scheme of the Norwegian register: `0192:` and nine digits.
bool is_organisation(std::string_view id)
{
    constexpr std::string_view scheme = "0192:";
    return id.starts_with(scheme) && has_digits(id.substr(scheme.size()), 9);
}

Asserted<void> check_names(Json const& claims)
{
    constexpr std::array<std::string_view, 11> documented{"aud",
                                                          "iss",
                                                          "iat",
                                                          "exp",
                                                          "jti",
                                                          "scope",
                                                          "resource",
                                                          "pid",
                                                          "consumer_org",
                                                          "iss_onbehalfof",
                                                          "authorization_details"};
    for (auto const& [name, value] : claims.items())
        if (std::ranges::find(documented, name) == documented.end())
            return refused(Objection::unknown_claim,
                           fmt::format("invalid assertion: the claim {} is not known", excerpt(name, 60)));
    return {};
}

// The organisation that the token is for: the delegating one, or the client's own.
Asserted<std::string> consumer_of(Json const& claims, std::string const& own)
{
    if (!claims.contains("consumer_org")) return own;
    if (claims.contains("iss_onbehalfof"))
        return refused(Objection::malformed, "consumer_org and iss_onbehalfof exclude each other");
    auto const number = text_member(claims, "consumer_org");
    if (!has_digits(number, 9)) return refused(Objection::malformed, "consumer_org is not a number of nine digits");
    if (number == own) return refused(Objection::own_organisation, "consumer_org is the client's own organisation");
    return number;
}

Asserted<void> check_scope(PlatformState& state, std::string const& name, std::string const& consumer,
                           std::string const& own)
{
    auto const& all = changing(state).scopes;
    auto const found = all.find(name);
    bool const is_registered = changing(state).registered.contains(name);
    if (found == all.end() || !is_registered)
        return refused(Objection::scope_not_registered,
                       fmt::format("the scope {} is not registered on the client", excerpt(name, 80)));
    auto const& scope = found->second;
    if (scope.kind != "maskinporten")
        return refused(Objection::scope_of_other_kind, fmt::format("{} is not for clients of this kind", name));
    if (consumer == own && !scope.granted)
        return refused(Objection::scope_not_granted, fmt::format("{} was not given to organisation {}", name, own));
    if (consumer != own && !scope.delegated.contains(consumer))
        return refused(Objection::not_delegated,
                       fmt::format("consumer {} gave no delegation of {} to supplier {}", consumer, name, own));
    return {};
}

Asserted<void> check_scopes(PlatformState& state, Json const& claims, std::string const& consumer,
                            std::string const& own)
{
    auto const scopes = scope_words(text_member(claims, "scope"));
    if (scopes.empty()) return refused(Objection::missing_claim, "the claim scope is missing");
    for (auto const& scope : scopes)
        if (auto const right = check_scope(state, scope, consumer, own); !right) return right;
    return {};
}

Asserted<void> check_restrictions(Json const& claims)
{
    if (auto const resource = claims.find("resource"); resource != claims.end()) {
        bool const is_list = resource->is_array() && !resource->empty() &&
                             std::ranges::all_of(*resource, [](Json const& one) { return one.is_string(); });
        if (!is_list) return refused(Objection::malformed, "resource is not an array of texts");
    }
    if (claims.contains("pid") && !has_digits(text_member(claims, "pid"), 11))
        return refused(Objection::malformed, "pid is not a number of eleven digits");
    return {};
}

Asserted<void> check_system_user(Json const& detail)
{
    constexpr std::array<std::string_view, 3> fields{"type", "systemuser_org", "externalRef"};
    if (text_member(detail, "type") != "urn:altinn:systemuser")
        return refused(Objection::unknown_detail_type,
                       fmt::format("unknown type {}", excerpt(text_member(detail, "type"), 60)));
    for (auto const& [name, value] : detail.items())
        if (std::ranges::find(fields, name) == fields.end())
            return refused(Objection::unknown_detail_field, fmt::format("unknown field {}", excerpt(name, 60)));
    auto const party = detail.find("systemuser_org");
    bool const is_named = party != detail.end() && text_member(*party, "authority") == authority &&
                          is_organisation(text_member(*party, "ID"));
    if (!is_named) return refused(Objection::bad_detail_value, "systemuser_org names no organisation");
    return {};
}

Asserted<void> check_details(Json const& claims)
{
    auto const details = claims.find("authorization_details");
    if (details == claims.end()) return {};
    if (!details->is_array() || details->size() != 1 || !details->front().is_object())
        return refused(Objection::bad_detail_value, "authorization_details is not a list of one object");
    return check_system_user(details->front());
}

Json detail_in_token(PlatformState& state, Json detail)
{
    detail["systemuser_id"] = Json::array({state.random.uuid()});
    detail["system_id"] = "310000101_eksempel";
    return Json::array({std::move(detail)});
}

// What of the grant the token repeats.
Json claims_of_family(PlatformState& state, GrantAssertion const& assertion, std::string const& consumer,
                      std::string const& own)
{
    auto const& given = assertion.jwt.claims.all;
    Json claims{{"client_amr", assertion.by_certificate ? "virksomhetssertifikat" : "private_key_jwt"},
                {"consumer", organisation(state, consumer)}};
    if (consumer != own) {
        claims["supplier"] = organisation(state, own);
        claims["delegation_source"] = state.origin("idp") + "/delegation";
    }
    if (auto const resource = given.find("resource"); resource != given.end())
        claims["aud"] = resource->size() == 1 ? resource->front() : *resource;
    if (given.contains("pid")) claims["pid"] = text_member(given, "pid");
    if (auto const details = given.find("authorization_details"); details != given.end())
        claims["authorization_details"] = detail_in_token(state, details->front());
    return claims;
}

}  // namespace

Json organisation(PlatformState const& state, std::string const& number)
{
    return {{"authority", state.switches.text("access-token.organisation-authority")}, {"ID", "0192:" + number}};
}

Asserted<Family*> decide(PlatformState& state, GrantAssertion const& assertion)
{
    auto const& claims = assertion.jwt.claims.all;
    auto const& own = register_of(state).organisations.at("own");
    if (auto const known = check_names(claims); !known) return std::unexpected(known.error());
    if (auto const right = check_restrictions(claims); !right) return std::unexpected(right.error());
    auto const consumer = consumer_of(claims, own);
    if (!consumer) return std::unexpected(consumer.error());
    if (auto const right = check_scopes(state, claims, *consumer, own); !right) return std::unexpected(right.error());
    if (auto const right = check_details(claims); !right) return std::unexpected(right.error());
    auto& family = new_family(state, assertion.client->id, "", text_member(claims, "scope"));
    family.claims = claims_of_family(state, assertion, *consumer, own);
    return &family;
}

Json token_claims(PlatformState& state, AccessTokenContent const& content)
{
    auto const& says = state.switches.text("access-token.exp-says");
    auto expires = content.expires;
    if (says == "sooner") expires = content.issued + std::chrono::seconds(20);
    if (says == "later") expires = content.expires + std::chrono::hours(1);
    Json claims{{"iss", state.issuer()},
                {"client_id", content.client_id},
                {"token_type", "Bearer"},
                {"aud", "unspecified"},
                {"scope", content.scope}};
    for (auto const& [name, value] : content.claims.items()) claims[name] = value;
    claims["iat"] = jose::numeric_date(content.issued);
    claims["exp"] = jose::numeric_date(expires);
    claims["jti"] = state.random.uuid();
    return claims;
}

}  // namespace keur::mocks::maskinporten
