#include "clients/reference/jwt_grant.h"

#include "protocol/base/encoding.h"
#include "protocol/oauth/error_response.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <tuple>

namespace keur::reference {

namespace {

constexpr std::string_view form_type = "application/x-www-form-urlencoded";
constexpr std::string_view grant_type = "urn:ietf:params:oauth:grant-type:jwt-bearer";

// What a user can do about an error, by a mark in its description.
std::string_view remedy_for(std::string_view description)
{
    struct Row {
        std::string_view mark;
        std::string_view remedy;
    };
    constexpr std::array rows{
        Row{"MP-100", "check the client id, and that it belongs to this environment"},
        Row{"MP-110", "check the issuer in the settings"},
        Row{"MP-120", "use a certificate of this environment, or the registered key"},
        Row{"MP-121", "register a new key"},
        Row{"MP-122", "use the certificate of the organisation that owns the client"},
        Row{"MP-130", "set this machine's clock right"},
        Row{"iat", "set this machine's clock right"},
        Row{"MP-200", "have the scope added to the client"},
        Row{"MP-201", "use a client of the right kind"},
        Row{"MP-250", "ask the owner of the API for access"},
        Row{"MP-251", "have the customer delegate the access"},
    };
    auto const row = std::ranges::find_if(
        rows, [&](Row const& one) { return description.find(one.mark) != std::string_view::npos; });
    return row == rows.end() ? "ask the operator, with the words of the error" : row->remedy;
}

bool is_of_clocks(std::string_view description)
{
    return description.find("MP-130") != std::string_view::npos || description.find("iat") != std::string_view::npos;
}

std::unexpected<Error> refused(std::string what, std::string_view remedy)
{
    return fail("token endpoint", std::move(what), std::string(remedy));
}

}  // namespace

http::Request JwtGrant::request(http::Url const& url, std::string const& assertion, Json const& wish) const
{
    http::Form form{{"grant_type", std::string(grant_type)}, {"assertion", assertion}};
    if (flaws_.has(Flaw::scope_beside_assertion)) form.add("scope", text_member(wish, "scope"));
    if (flaws_.has(Flaw::secret_beside_assertion)) form.add("client_secret", "hemmelig-hemmelig");
    http::Request made{.method = "POST", .target = url.target(), .headers = {}, .body = http::to_text(form)};
    made.headers.set("Content-Type", std::string(form_type));
    made.headers.set("Accept", "application/json");
    if (flaws_.has(Flaw::token_request_plain_text)) made.headers.set("Content-Type", "text/plain");
    if (!flaws_.has(Flaw::grant_as_json)) return made;
    made.headers.set("Content-Type", "application/json");
    made.body = to_line({{"grant_type", grant_type}, {"assertion", assertion}});
    return made;
}

// What a program does that knows refresh tokens from elsewhere.
void JwtGrant::try_refresh(Wire& wire, http::Url const& url) const
{
    http::Request made{.method = "POST", .target = url.target(), .headers = {}, .body = {}};
    made.headers.set("Content-Type", std::string(form_type));
    made.body = http::to_text({{"grant_type", "refresh_token"}, {"refresh_token", "none-was-given"}});
    std::ignore = wire.send(Party::token_endpoint, url, made);
}

Result<http::Response> JwtGrant::send(Wire& wire, Json const& wish)
{
    auto const server = discovery_.server(wire);
    if (!server) return fail(server);
    assertions_.set_audience(server->issuer);
    auto const url = http::parse_url(server->token_endpoint);
    if (!url) return fail(url);
    if (flaws_.has(Flaw::refresh_grant_tried) && has_asked_) try_refresh(wire, *url);
    has_asked_ = true;
    auto const assertion = assertions_.make(wish, server->token_endpoint);
    if (!assertion) return fail(assertion);
    if (flaws_.has(Flaw::assertion_in_log)) std::cerr << "asking with " << *assertion << '\n';
    if (flaws_.has(Flaw::private_key_in_log)) std::cerr << "signed with " << settings_.private_key << '\n';
    auto const made = request(*url, *assertion, wish);
    auto answer = wire.send(Party::token_endpoint, *url, made);
    if (!answer && flaws_.has(Flaw::repeats_lost_request)) return wire.send(Party::token_endpoint, *url, made);
    return answer;
}

// What programs do that do not take no for an answer.
bool JwtGrant::is_tried_again(http::Response const& answer) const
{
    if (answer.status == 200) return false;
    auto const error = oauth::parse_error_response(answer.body);
    if (flaws_.has(Flaw::refusals_repeated)) return true;
    return flaws_.has(Flaw::clock_errors_repeated) && error && is_of_clocks(error->description);
}

Result<oauth::TokenResponse> JwtGrant::ask(Wire& wire, Json const& wish)
{
    constexpr int stubbornness = 5;
    auto answer = send(wire, wish);
    for (int i = 0; i < stubbornness && answer && is_tried_again(*answer); ++i) answer = send(wire, wish);
    if (!answer) return fail(answer);
    return read(*answer);
}

Result<oauth::TokenResponse> JwtGrant::read(http::Response const& answer) const
{
    if (flaws_.has(Flaw::tokens_in_log)) std::cerr << "token endpoint answered: " << answer.body << '\n';
    if (answer.status != 200) {
        auto const error = oauth::parse_error_response(answer.body);
        if (flaws_.has(Flaw::error_words_dropped)) return refused("no token was given", "try again later");
        if (!error)
            return refused(fmt::format("it answered {} without an error code", answer.status), "try again later");
        if (flaws_.has(Flaw::error_codes_closed) && !error->error.starts_with("invalid_")) std::abort();
        return refused(fmt::format("it refused: {}, {}", printable(shortened(error->error, 60)),
                                   printable(shortened(error->description, 300))),
                       remedy_for(error->description));
    }
    // Said in our own words: a parser quotes what it cannot read, and that may be half a token.
    if (!parse_json(answer.body, "token response")) return refused("the answer is not JSON", "try again later");
    auto tokens = oauth::parse_token_response(answer);
    if (!tokens) return fail(tokens);
    if (!http::same_name(tokens->token_type, "bearer"))
        return refused("the token is of an unknown type", "this program can use bearer tokens only");
    return tokens;
}

}  // namespace keur::reference
