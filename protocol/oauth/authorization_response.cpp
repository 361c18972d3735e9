#include "protocol/oauth/authorization_response.h"

#include "protocol/oauth/parameters.h"

#include <array>

namespace keur::oauth {

namespace {

using Response = AuthorizationResponse;

constexpr std::array rows{
    Parameter<Response>{"code", &Response::code},
    Parameter<Response>{"state", &Response::state},
    Parameter<Response>{"iss", &Response::iss},
    Parameter<Response>{"error", &Response::error},
    Parameter<Response>{"error_description", &Response::error_description},
    Parameter<Response>{"error_uri", &Response::error_uri},
};

}  // namespace

Result<AuthorizationResponse> parse_authorization_response(http::Form const& parameters)
{
    auto response = read_parameters<Response>(parameters, rows, "authorization response");
    if (!response) return response;
    if (response->code.has_value() == response->error.has_value())
        return fail("authorization response",
                    response->code ? "it has both a code and an error" : "it has neither a code nor an error",
                    "end this sign-in and start a new one");
    return response;
}

Result<AuthorizationResponse> parse_callback(std::string_view url)
{
    url = url.substr(0, url.find('#'));
    auto const mark = url.find('?');
    auto const form = http::parse_form(mark == std::string_view::npos ? std::string_view() : url.substr(mark + 1));
    if (!form) return fail("authorization response", form.error().what, form.error().remedy);
    return parse_authorization_response(*form);
}

http::Form to_form(AuthorizationResponse const& response)
{
    return write_parameters<Response>(response, rows);
}

}  // namespace keur::oauth
