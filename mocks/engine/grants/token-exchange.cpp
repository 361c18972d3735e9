#include "mocks/engine/answers.h"
#include "mocks/engine/grant.h"
#include "mocks/engine/scope.h"
#include "mocks/engine/state.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks {

namespace {

constexpr auto access_token_type = "urn:ietf:params:oauth:token-type:access_token";

http::Response refused(std::string error, std::string description)
{
    return to_response({std::move(error), std::move(description), 400, {}});
}

// What is wrong with `subject` or `actor`: its token or its type; empty when nothing is (RFC 8693 §2.1).
std::string fault_of(PlatformState const& state, Client const& client, http::Form const& form, std::string const& role)
{
    auto const token = form.get(role + "_token");
    auto const type = form.get(role + "_token_type");
    if (token.empty()) return fmt::format("{}_token is missing", role);
    if (type.empty()) return fmt::format("{}_token_type is missing", role);
    if (type != access_token_type) return fmt::format("{}_token_type must be {}", role, access_token_type);
    auto const* const family = family_of_access_token(state, token);
    if (family == nullptr) return fmt::format("{}_token is not valid or has expired", role);
    if (family->client_id != client.id) return fmt::format("{}_token was issued to another client", role);
    if (!family->audience.empty()) return fmt::format("{}_token was exchanged for another application", role);
    return {};
}

// The new token is for an API (RFC 8693 §2.1: resource), and not for another application (audience).
bool is_for_api(PlatformState const& state)
{
    return !state.binding.resource.empty() && state.switches.is("resource-indicators", "known");
}

// For another application both tokens are needed: that is the delegation form. The actor's may be the same one.
std::string unusable(PlatformState const& state, Client const& client, http::Form const& form)
{
    bool const has_actor = form.has("actor_token") || form.has("actor_token_type");
    if (auto why = fault_of(state, client, form, "subject"); !why.empty()) return why;
    if (has_actor || !is_for_api(state))
        if (auto why = fault_of(state, client, form, "actor"); !why.empty()) return why;
    if (family_of_access_token(state, form.get("subject_token"))->user.empty())
        return "subject_token is not that of a user";
    auto const wanted = form.get("requested_token_type");
    if (!wanted.empty() && wanted != access_token_type) return "only access tokens are issued here";
    return form.get("audience").empty() && !is_for_api(state) ? "audience is missing" : "";
}

// The client that the new token is for; null when this client may not reach it.
Client* target(PlatformState& state, Client const& client, http::Form const& form)
{
    auto* const found = state.client(form.get("audience"));
    if (found == nullptr || found->withdrawn || found->registration->elsewhere) return nullptr;
    auto const& trusted = client.registration->trusted_by;
    return std::ranges::find(trusted, found->registration->name) == trusted.end() ? nullptr : found;
}

http::Response exchange(PlatformState& state, Client& client, http::Form const& form)
{
    if (auto why = unusable(state, client, form); !why.empty()) return refused("invalid_request", std::move(why));
    auto const* const receiver = is_for_api(state) ? nullptr : target(state, client, form);
    if (receiver == nullptr && !is_for_api(state))
        return refused("invalid_target", "there is no trust for this client towards the audience");
    auto const subject = *family_of_access_token(state, form.get("subject_token"));
    auto const granted = scope_without(subject.scope, {"openid", "offline_access"});
    if (!scope_is_within(form.get("scope"), granted)) return refused("invalid_scope", "the scope was not granted");
    auto const scope = form.get("scope").empty() ? granted : form.get("scope");
    auto& family = new_family(state, client.id, subject.user, scope);
    if (receiver != nullptr) family.audience = receiver->id;
    if (receiver == nullptr) family.claims["act"] = {{"sub", client.id}};  // who acts for the user (§4.1)
    family.parent = subject.id;
    Json answer{{"issued_token_type", access_token_type}};
    answer.update(token_answer(state, issue_access_token(state, family), ""));
    answer["scope"] = scope;
    return json_answer(200, answer);
}

}  // namespace

// RFC 8693 §2.1.
Grant token_exchange()
{
    return {.type = "urn:ietf:params:oauth:grant-type:token-exchange", .redeem = exchange};
}

}  // namespace keur::mocks
