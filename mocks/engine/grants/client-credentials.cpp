#include "mocks/engine/answers.h"
#include "mocks/engine/grant.h"
#include "mocks/engine/scope.h"
#include "mocks/engine/state.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace keur::mocks {

namespace {

http::Response grant_to_client(PlatformState& state, Client& client, http::Form const& form)
{
    auto const registered = fmt::format("{}", fmt::join(client.registration->scopes, " "));
    auto const scope = form.get("scope");
    if (!scope_is_within(scope, registered))
        return to_response({"invalid_scope", "the client may not ask for this scope", 400, {}});
    auto const& family = new_family(state, client.id, "", scope.empty() ? registered : scope);
    return json_answer(200, token_answer(state, issue_access_token(state, family), ""));
}

}  // namespace

// RFC 6749 §4.4.
Grant client_credentials()
{
    return {.type = "client_credentials", .redeem = grant_to_client};
}

}  // namespace keur::mocks
