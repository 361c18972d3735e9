#include "mocks/nlgov/rogue.h"

#include "mocks/engine/answers.h"
#include "mocks/engine/state.h"
#include "protocol/http/url.h"

namespace keur::mocks::nlgov {

http::Response rogue_authorize(PlatformState& state, Exchange const& exchange)
{
    auto request = exchange.query;
    request.set("client_id", state.under_test->id);
    return see_other(http::with_parameters(state.address("authorize"), request));
}

http::Response rogue_token(PlatformState& state, Exchange const&)
{
    return json_answer(200, {{"access_token", state.random.token(24)}, {"token_type", "Bearer"}, {"expires_in", 300}});
}

http::Response rogue_metadata(PlatformState& state, Exchange const&)
{
    return json_answer(200, {{"issuer", state.origin("rogue")},
                             {"authorization_endpoint", state.address("authorize")},
                             {"token_endpoint", state.address("rogue-token")},
                             {"response_types_supported", {"code"}},
                             {"code_challenge_methods_supported", {"S256"}},
                             {"authorization_response_iss_parameter_supported", true}});
}

}  // namespace keur::mocks::nlgov
