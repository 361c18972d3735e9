#include "mocks/engine/state.h"
#include "mocks/engine/system.h"
#include "mocks/maskinporten/access.h"
#include "mocks/maskinporten/decision.h"
#include "mocks/maskinporten/enterprise_certificate.h"
#include "mocks/maskinporten/register.h"
#include "protocol/base/names.h"

#include <algorithm>

namespace keur::mocks {

namespace {

using maskinporten::changing;

// A client with registered keys shows none of its certificates, and the other way round.
void extend(PlatformState& state)
{
    auto made = std::make_unique<maskinporten::RegisterState>();
    made->scopes = maskinporten::register_of(state).scopes;
    auto const& scopes = state.under_test->registration->scopes;
    made->registered = {scopes.begin(), scopes.end()};
    state.system = std::move(made);
    state.refuse["api"] = maskinporten::refuse;
    if (state.switches.is("client-key.shown-by", "x5c")) state.under_test->keys.clear();
}

void settle(PlatformState const& state, Json& settings)
{
    bool const by_certificate = state.switches.is("client-key.shown-by", "x5c");
    settings.erase(state.switches.is("configured-by", "metadata") ? "token_endpoint" : "metadata_endpoint");
    settings.erase(by_certificate ? "key_id" : "certificate_chain");
    if (by_certificate)
        settings["certificate_chain"] = maskinporten::chain_pem(state, state.switches.text("client-key.certificate"));
}

// The scopes that the client under test has registered.
std::vector<std::string> const& registered_scopes(Profile const& profile)
{
    static std::vector<std::string> const none;
    auto const& all = profile.blueprint->registrations;
    auto const own = std::ranges::find(all, "own", &Registration::name);
    return own == all.end() ? none : own->scopes;
}

Result<void> check_scope_name(Profile const& profile, Yaml const& argument)
{
    auto const& known = registered_scopes(profile);
    if (argument.is_null() && !known.empty()) return {};
    auto const name = argument.text();
    if (!name) return fail(name);
    if (std::ranges::find(known, *name) == known.end())
        return std::unexpected(unknown_name(argument.at(), "scope", *name, known));
    return {};
}

// Without an argument the first scope of the client.
std::string scope_named(PlatformState const& state, Yaml const& argument)
{
    return argument.is_null() ? registered_scopes(state.profile).front() : argument.scalar;
}

void take_scope(PlatformState& state, Yaml const& argument)
{
    changing(state).scopes[scope_named(state, argument)].granted = false;
}

void remove_scope(PlatformState& state, Yaml const& argument)
{
    changing(state).registered.erase(scope_named(state, argument));
}

void end_delegations(PlatformState& state, Yaml const&)
{
    for (auto& [name, scope] : changing(state).scopes) scope.delegated.clear();
}

void remove_key(PlatformState& state, Yaml const&)
{
    state.under_test->keys.clear();
}

}  // namespace

System endpoints_maskinporten()
{
    return {
        .name = "maskinporten",
        .handlers = {{"resource", maskinporten::resource}},
        .switches = {choice("client-key.shown-by", "how the client's grants name their key", {"kid", "x5c"}),
                     choice("client-key.certificate", "the enterprise certificate that the client is told to use",
                            maskinporten::certificate_kinds()),
                     choice("configured-by", "whether the client is told the token endpoint or where the metadata is",
                            {"addresses", "metadata"}),
                     choice("access-token.exp-says", "what exp in the access token says, beside expires_in",
                            {"honest", "sooner", "later"}),
                     text("access-token.organisation-authority", "the authority of organisation numbers in tokens")},
        .acts = {{"idp", "take-scope", "the API's owner takes a scope from the organisation: SCOPE", check_scope_name,
                  take_scope},
                 {"idp", "remove-scope", "a scope is taken off the client's registration: SCOPE", check_scope_name,
                  remove_scope},
                 {"idp", "end-delegations", "nobody delegates anything any more", {}, end_delegations},
                 {"idp", "remove-key", "the client's registered key is deleted", {}, remove_key}},
        .sections = maskinporten::register_sections(),
        .load = maskinporten::load_register,
        .extend = extend,
        .settle = settle,
        .claims = maskinporten::token_claims,
        .assertion_grant = {.algorithms = {"RS256", "RS384", "RS512"},
                            .key_life = std::chrono::days(365),
                            .key_of_certificate = maskinporten::key_of_certificate,
                            .decide = maskinporten::decide,
                            .word = maskinporten::word},
    };
}

}  // namespace keur::mocks
