#include "protocol/oauth/client_authentication.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <utility>

namespace keur::oauth {

namespace {

// One value by the form rules; `&` and `=` have no meaning here.
Result<std::string> form_decoded(std::string_view text)
{
    std::string with_spaces(text);
    for (char& c : with_spaces)
        if (c == '+') c = ' ';
    auto decoded = http::percent_decode(with_spaces);
    if (decoded && !is_utf8(*decoded)) return fail({}, "a half is not UTF-8 when decoded");
    return decoded;
}

std::string form_encoded(std::string_view text)
{
    auto const pair = http::to_text(http::Form{{"", std::string(text)}});
    return pair.substr(1);  // without the `=`
}

std::unexpected<Error> bad_basic(std::string_view reason)
{
    return fail("Authorization", fmt::format("the Basic credentials do not decode: {}", reason),
                "encode id and secret as form values, join them by a colon, then base64 (RFC 6749 §2.3.1)");
}

bool is_basic(std::string_view value)
{
    return value.size() >= 6 && http::same_name(value.substr(0, 6), "Basic ");
}

}  // namespace

std::string_view name(AuthenticationMethod method)
{
    switch (method) {
        case AuthenticationMethod::client_secret_basic: return "client_secret_basic";
        case AuthenticationMethod::client_secret_post: return "client_secret_post";
        case AuthenticationMethod::assertion: return "private_key_jwt";
    }
    return {};
}

std::string basic_authorization(std::string_view client_id, std::string_view secret)
{
    return "Basic " + base64(form_encoded(client_id) + ':' + form_encoded(secret));
}

Result<BasicCredentials> parse_basic_authorization(std::string_view value)
{
    if (!is_basic(value)) return bad_basic("the scheme is not Basic");
    value.remove_prefix(6);
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    auto const both = from_base64(value);
    if (!both) return bad_basic(both.error().what);
    auto const colon = both->find(':');
    if (colon == std::string::npos) return bad_basic("there is no colon in them");
    auto client_id = form_decoded(std::string_view(*both).substr(0, colon));
    if (!client_id) return bad_basic(client_id.error().what);
    auto secret = form_decoded(std::string_view(*both).substr(colon + 1));
    if (!secret) return bad_basic(secret.error().what);
    return BasicCredentials{std::move(*client_id), std::move(*secret)};
}

Result<ClientAuthentication> read_client_authentication(http::Headers const& headers, http::Form const& body)
{
    ClientAuthentication read;
    auto const authorization = headers.all("Authorization");
    if (authorization.size() > 1)
        return fail("Authorization", fmt::format("the request has {} of these headers", authorization.size()),
                    "send one");
    read.client_id = body.get("client_id");
    read.secret = body.get("client_secret");
    read.assertion = body.get("client_assertion");
    read.assertion_type = body.get("client_assertion_type");
    if (authorization.size() == 1 && is_basic(authorization.front())) {
        auto basic = parse_basic_authorization(authorization.front());
        if (!basic) return fail(basic);
        read.methods.push_back(AuthenticationMethod::client_secret_basic);
        read.has_two_ids = !read.client_id.empty() && read.client_id != basic->client_id;
        read.client_id = std::move(basic->client_id);
        read.secret = std::move(basic->secret);
    }
    if (!body.get("client_secret").empty()) read.methods.push_back(AuthenticationMethod::client_secret_post);
    if (!read.assertion.empty() || !read.assertion_type.empty())
        read.methods.push_back(AuthenticationMethod::assertion);
    return read;
}

}  // namespace keur::oauth
