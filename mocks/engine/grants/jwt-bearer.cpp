#include "mocks/engine/answers.h"
#include "mocks/engine/assertion_grant.h"
#include "mocks/engine/grant.h"
#include "mocks/engine/state.h"

namespace keur::mocks {

namespace {

// The whole of what the client's registration allows, for systems that decide nothing themselves.
Asserted<Family*> decide(PlatformState& state, GrantAssertion const& assertion)
{
    if (auto const* system = state.blueprint.system; system != nullptr && system->assertion_grant.decide)
        return system->assertion_grant.decide(state, assertion);
    std::string scope;
    for (auto const& one : assertion.client->registration->scopes) scope += (scope.empty() ? "" : " ") + one;
    return &new_family(state, assertion.client->id, "", scope);
}

http::Response redeem_assertion(PlatformState& state, Client&, http::Form const& form)
{
    auto const assertion = read_grant_assertion(state, form);
    if (!assertion) return to_response(worded(state, assertion.error()));
    if (auto const accepted = accept_grant_assertion(state, *assertion); !accepted)
        return to_response(worded(state, accepted.error()));
    auto const family = decide(state, *assertion);
    if (!family) return to_response(worded(state, family.error()));
    auto answer = token_answer(state, issue_access_token(state, **family), "");
    answer["scope"] = (*family)->scope;
    return json_answer(200, answer);
}

}  // namespace

// RFC 7523 §2.1: a JWT that the client signed is the grant.
Grant jwt_bearer()
{
    return {.type = "urn:ietf:params:oauth:grant-type:jwt-bearer", .redeem = redeem_assertion};
}

}  // namespace keur::mocks
