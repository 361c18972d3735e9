#include "mocks/engine/answers.h"
#include "mocks/engine/grant.h"
#include "mocks/engine/id_token.h"
#include "mocks/engine/resource.h"
#include "mocks/engine/scope.h"
#include "mocks/engine/state.h"

namespace keur::mocks {

namespace {

http::Response refused(std::string error, std::string description)
{
    return to_response({std::move(error), std::move(description), 400, {}});
}

// A refresh token that was good once: platforms differ in the error they tell then.
http::Response worn_out(PlatformState const& state, std::string description)
{
    return refused(state.switches.text("refresh.refused-with"), std::move(description));
}

// The refresh token that goes with a new access token: by `refresh.rotation` the same or a new one.
std::string next_refresh_token(PlatformState& state, std::string const& present, Family const& family)
{
    auto const now = state.clock.now();
    auto& token = state.issued.refresh_tokens.at(present);
    auto const& rotation = state.switches.text("refresh.rotation");
    if (rotation == "keep") {
        token.expires = now + state.switches.duration("refresh.idle-lifetime");
        if (auto* secret = state.transcript.secrets.find(present)) secret->expires = token.expires;
        return present;
    }
    auto next = issue_refresh_token(state, family);
    if (rotation == "rotate") {
        token.superseded = true;
        bury(state, present, next);
    } else if (auto* secret = state.transcript.secrets.find(present)) {
        secret->replaced_by = state.transcript.secrets.find(next)->name;
    }
    return next;
}

// The same grant with less scope, for one access token; it ends with the whole.
Family const& narrowed(PlatformState& state, Family const& family, std::string const& scope)
{
    if (scope == family.scope) return family;
    auto& made = new_family(state, family.client_id, family.user, scope);
    made.audience = family.audience;
    made.claims = family.claims;
    made.parent = family.id;
    return made;
}

http::Response redeem_refresh_token(PlatformState& state, Client& client, http::Form const& form)
{
    auto const value = form.get("refresh_token");
    if (value.empty()) return refused("invalid_request", "refresh_token is missing");
    auto const found = state.issued.refresh_tokens.find(value);
    if (found == state.issued.refresh_tokens.end()) return refused("invalid_grant", "this refresh token is not known");
    auto const& family = state.issued.families.at(found->second.family);
    if (family.client_id != client.id) return refused("invalid_grant", "this refresh token belongs to another client");
    if (family.revoked) return worn_out(state, "the consent was withdrawn or the tokens were revoked");
    if (found->second.superseded) {
        revoke(state, family.id);  // RFC 9700 §4.14.2: either of the two who hold it may be a thief
        return worn_out(state, "this refresh token was replaced and used again; all its tokens are revoked");
    }
    if (found->second.expires <= state.clock.now()) return worn_out(state, "the refresh token has expired");
    if (auto const& bound_to = found->second.certificate; !bound_to.empty() && bound_to != state.binding.certificate)
        return refused("invalid_grant", "this refresh token is bound to another certificate");
    if (auto const scope = form.get("scope"); !scope_is_within(scope, family.scope))
        return refused("invalid_scope", "the scope was not granted");
    if (auto const why = resource_fault(state, form, family.resources)) return to_response(*why);
    auto const scope = form.get("scope").empty() ? family.scope : form.get("scope");
    auto const access_token = issue_access_token(state, narrowed(state, family, scope));
    auto answer = token_answer(state, access_token, next_refresh_token(state, value, family));
    if (scope != family.scope) answer["scope"] = scope;  // RFC 6749 §5.1
    if (state.switches.yes("refresh.id-token"))
        if (auto id_token = make_id_token(state, family, "", access_token); !id_token.empty())
            answer["id_token"] = id_token;
    return json_answer(200, answer);
}

}  // namespace

// RFC 6749 §6.
Grant refresh_token()
{
    return {.type = "refresh_token", .redeem = redeem_refresh_token};
}

}  // namespace keur::mocks
