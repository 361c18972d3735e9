#include "mocks/engine/tokens.h"

#include "mocks/engine/mutual_tls.h"
#include "mocks/engine/resource.h"
#include "mocks/engine/scope.h"
#include "mocks/engine/state.h"
#include "mocks/engine/token_format.h"

#include <algorithm>

namespace keur::mocks {

namespace {

// Adds a secret to the ledger. The reference dies with the next one: use it at once.
void enter(PlatformState& state, char const* kind, std::string const& value, std::string const& client_id,
           TimePoint expires)
{
    auto& secret = state.transcript.secrets.add(kind, value, state.clock.now());
    secret.client_id = client_id;
    secret.expires = expires;
}

}  // namespace

Family& new_family(PlatformState& state, std::string client_id, std::string user, std::string scope)
{
    auto const id = static_cast<int>(state.issued.families.size()) + 1;
    return state.issued.families[id] =
               Family{.id = id, .client_id = std::move(client_id), .user = std::move(user), .scope = std::move(scope)};
}

std::string issue_code(PlatformState& state, Code draft)
{
    draft.value = state.random.token(24);
    enter(state, "code", draft.value, draft.client_id, draft.expires);
    auto const value = draft.value;
    state.issued.codes[value] = std::move(draft);
    return value;
}

std::string issue_access_token(PlatformState& state, Family const& family)
{
    auto const now = state.clock.now();
    auto const expires = now + state.switches.duration("access-token.lifetime");
    auto const& format =
        *std::ranges::find(token_formats(), state.switches.text("access-token.format"), &TokenFormat::name);
    auto const& binding = state.binding;
    auto const resource = binding.resource.empty() ? usual_resource(state) : binding.resource;
    auto value = format.make(state, {.client_id = family.client_id,
                                     .user = family.user,
                                     .scope = family.scope,
                                     .issued = now + state.clock_error,
                                     .expires = expires + state.clock_error,
                                     .claims = family.claims,
                                     .resource = resource,
                                     .key = binding.key,
                                     .certificate = binding.certificate});
    enter(state, "access-token", value, family.client_id, expires);
    state.issued.access_tokens[value] = {.value = value,
                                         .family = family.id,
                                         .expires = expires,
                                         .resource = resource,
                                         .key = binding.key,
                                         .certificate = binding.certificate};
    return value;
}

std::string issue_refresh_token(PlatformState& state, Family const& family)
{
    auto const expires = state.clock.now() + state.switches.duration("refresh.idle-lifetime");
    auto value = state.random.token(32);
    enter(state, "refresh-token", value, family.client_id, expires);
    auto& token = state.issued.refresh_tokens[value] = {.value = value, .family = family.id, .expires = expires};
    if (state.binding.is_public) token.certificate = state.binding.certificate;
    return value;
}

std::string first_refresh_token(PlatformState& state, Family const& family)
{
    auto const& grants = state.client(family.client_id)->registration->grants;
    if (std::ranges::find(grants, "refresh_token") == grants.end()) return {};
    if (state.switches.yes("refresh.needs-offline-access") && !scope_has(family.scope, "offline_access")) return {};
    return issue_refresh_token(state, family);
}

void bury(PlatformState& state, std::string_view secret, std::string_view replaced_by)
{
    auto* const found = state.transcript.secrets.find(secret);
    if (found == nullptr) return;
    if (!found->dead_since) found->dead_since = state.clock.now();
    if (replaced_by.empty()) return;
    if (auto const* next = state.transcript.secrets.find(replaced_by)) found->replaced_by = next->name;
}

void revoke(PlatformState& state, int family)
{
    auto const found = state.issued.families.find(family);
    if (found == state.issued.families.end() || found->second.revoked) return;
    found->second.revoked = true;
    for (auto const& [value, token] : state.issued.access_tokens)
        if (token.family == family) bury(state, value);
    for (auto const& [value, token] : state.issued.refresh_tokens)
        if (token.family == family) bury(state, value);
    for (auto const& [id, child] : state.issued.families)
        if (child.parent == family) revoke(state, id);
}

Json token_answer(PlatformState const& state, std::string const& access_token, std::string const& refresh_token)
{
    auto const lifetime = state.switches.duration("access-token.lifetime");
    Json answer{{"access_token", access_token},
                {"token_type", state.binding.key.empty() ? state.blueprint.token_type : "DPoP"},
                {"expires_in", std::chrono::duration_cast<std::chrono::seconds>(lifetime).count()}};
    if (!refresh_token.empty()) answer["refresh_token"] = refresh_token;
    for (auto const& [name, value] : state.blueprint.token_answer.items()) answer[name] = value;
    return answer;
}

Family const* family_of_access_token(PlatformState const& state, std::string_view token)
{
    auto const found = state.issued.access_tokens.find(token);
    if (found == state.issued.access_tokens.end()) return nullptr;
    auto const& family = state.issued.families.at(found->second.family);
    if (family.revoked || found->second.expires <= state.clock.now()) return nullptr;
    return &family;
}

Family const* family_of_access_token(PlatformState const& state, Exchange const& exchange, std::string_view token)
{
    auto const* const family = family_of_access_token(state, token);
    if (family == nullptr) return nullptr;
    auto const& bound_to = state.issued.access_tokens.find(token)->second.certificate;
    return bound_to.empty() || bound_to == shown_thumbprint(exchange) ? family : nullptr;
}

}  // namespace keur::mocks
