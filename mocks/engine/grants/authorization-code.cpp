#include "mocks/engine/answers.h"
#include "mocks/engine/grant.h"
#include "mocks/engine/id_token.h"
#include "mocks/engine/pkce.h"
#include "mocks/engine/resource.h"
#include "mocks/engine/state.h"

namespace keur::mocks {

namespace {

http::Response refused(std::string error, std::string description)
{
    return to_response({std::move(error), std::move(description), 400, {}});
}

// Why this code cannot be redeemed by this request; empty when it can (RFC 6749 §4.1.3).
std::string reason_against(PlatformState& state, Client const& client, Code const& code, http::Form const& form)
{
    if (code.expires <= state.clock.now()) return "the code has expired";
    if (form.get("redirect_uri") != code.redirect_uri)
        return "redirect_uri is another than in the authorization request";
    if (state.issued.families.at(code.family).revoked) return "the consent was withdrawn";
    if (client.withdrawn) return "the client was withdrawn";
    return pkce_mismatch(state, code.challenge, code.challenge_method, form);
}

http::Response redeem_code(PlatformState& state, Client& client, http::Form const& form)
{
    auto const value = form.get("code");
    if (value.empty()) return refused("invalid_request", "code is missing");
    if (!form.has("redirect_uri")) return refused("invalid_request", "redirect_uri is missing");
    note_verifier(state, client.id, form);
    auto const found = state.issued.codes.find(value);
    if (found == state.issued.codes.end() || found->second.client_id != client.id)
        return refused("invalid_grant", "this code was not issued to this client");
    auto& code = found->second;
    if (code.used) {
        revoke(state, code.family);  // RFC 6749 §4.1.2: it may have been stolen
        return refused("invalid_grant", "the code was used before");
    }
    if (auto why = reason_against(state, client, code, form); !why.empty())
        return refused("invalid_grant", std::move(why));
    auto const& family = state.issued.families.at(code.family);
    if (auto const why = resource_fault(state, form, family.resources)) return to_response(*why);
    code.used = true;
    bury(state, value);
    auto const access_token = issue_access_token(state, family);
    auto answer = token_answer(state, access_token, first_refresh_token(state, family));
    if (auto id_token = make_id_token(state, family, code.nonce, access_token); !id_token.empty())
        answer["id_token"] = id_token;
    return json_answer(200, answer);
}

}  // namespace

// RFC 6749 §4.1.3.
Grant authorization_code()
{
    return {.type = "authorization_code", .redeem = redeem_code};
}

}  // namespace keur::mocks
