#include "protocol/oauth/token_request.h"

#include "protocol/oauth/parameters.h"

#include <array>

namespace keur::oauth {

namespace {

constexpr std::array rows{
    Parameter<TokenRequest>{"grant_type", &TokenRequest::grant_type},
    Parameter<TokenRequest>{"code", &TokenRequest::code},
    Parameter<TokenRequest>{"redirect_uri", &TokenRequest::redirect_uri},
    Parameter<TokenRequest>{"code_verifier", &TokenRequest::code_verifier},
    Parameter<TokenRequest>{"refresh_token", &TokenRequest::refresh_token},
    Parameter<TokenRequest>{"scope", &TokenRequest::scope},
    Parameter<TokenRequest>{"client_id", &TokenRequest::client_id},
    Parameter<TokenRequest>{"client_secret", &TokenRequest::client_secret},
    Parameter<TokenRequest>{"client_assertion_type", &TokenRequest::client_assertion_type},
    Parameter<TokenRequest>{"client_assertion", &TokenRequest::client_assertion},
};

}  // namespace

Result<TokenRequest> parse_token_request(http::Form const& body)
{
    return read_parameters<TokenRequest>(body, rows, "token request");
}

http::Form to_form(TokenRequest const& request)
{
    return write_parameters<TokenRequest>(request, rows);
}

Result<AuthenticatedTokenRequest> parse_token_request(http::Request const& request)
{
    auto const body = http::parse_form(request.body);
    if (!body) return fail("token request", body.error().what, body.error().remedy);
    auto parsed = parse_token_request(*body);
    if (!parsed) return fail(parsed);
    auto client = read_client_authentication(request.headers, *body);
    if (!client) return fail(client);
    return AuthenticatedTokenRequest{std::move(*parsed), std::move(*client)};
}

}  // namespace keur::oauth
