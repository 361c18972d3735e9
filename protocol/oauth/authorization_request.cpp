#include "protocol/oauth/authorization_request.h"

#include "protocol/oauth/parameters.h"

#include <array>

namespace keur::oauth {

namespace {

using Request = AuthorizationRequest;

constexpr std::array rows{
    Parameter<Request>{"response_type", &Request::response_type},
    Parameter<Request>{"client_id", &Request::client_id},
    Parameter<Request>{"redirect_uri", &Request::redirect_uri},
    Parameter<Request>{"scope", &Request::scope},
    Parameter<Request>{"state", &Request::state},
    Parameter<Request>{"nonce", &Request::nonce},
    Parameter<Request>{"response_mode", &Request::response_mode},
    Parameter<Request>{"prompt", &Request::prompt},
    Parameter<Request>{"code_challenge", &Request::code_challenge},
    Parameter<Request>{"code_challenge_method", &Request::code_challenge_method},
};

}  // namespace

Result<AuthorizationRequest> parse_authorization_request(http::Form const& query)
{
    return read_parameters<Request>(query, rows, "authorization request");
}

http::Form to_form(AuthorizationRequest const& request)
{
    return write_parameters<Request>(request, rows);
}

}  // namespace keur::oauth
