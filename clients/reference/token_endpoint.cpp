#include "clients/reference/token_endpoint.h"

#include "clients/reference/id_token.h"
#include "clients/reference/randomness.h"
#include "protocol/base/encoding.h"
#include "protocol/oauth/client_authentication.h"
#include "protocol/oauth/error_response.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iostream>

namespace keur::reference {

namespace {

constexpr std::string_view form_type = "application/x-www-form-urlencoded";

std::unexpected<TokenRefusal> no_token(std::string what, std::string remedy, std::string code = {})
{
    return std::unexpected(TokenRefusal{std::move(code), {"token endpoint", std::move(what), std::move(remedy)}});
}

std::string_view remedy_for(std::string_view code)
{
    struct Row {
        std::string_view code;
        std::string_view remedy;
    };
    constexpr std::array rows{
        Row{"invalid_grant", "sign in again"},
        Row{"invalid_client", "correct client id and secret; Loket does not know this registration (any more)"},
        Row{"unauthorized_client", "ask Loket to allow this registration the code grant"},
        Row{"invalid_scope", "correct the scope in the settings"},
    };
    auto const row = std::ranges::find(rows, code, &Row::code);
    return row == rows.end() ? "sign in again; when it stays, ask Loket" : row->remedy;
}

// What a client gets that reads answers without looking.
oauth::TokenResponse read_without_care(std::string_view body)
{
    auto const json = Json::parse(body, nullptr, false);
    oauth::TokenResponse tokens;
    tokens.access_token = text_member(json, "access_token");
    if (tokens.access_token.empty()) tokens.access_token = "undefined";
    tokens.refresh_token = text_member(json, "refresh_token");
    return tokens;
}

bool is_in_sample(std::string_view member)
{
    return member == "two_factor_state";
}

}  // namespace

TokenResult TokenEndpoint::redeem(Wire& wire, Redemption const& redemption) const
{
    if (flaws_.has(Flaw::password_grant))
        static_cast<void>(ask(wire, {{"grant_type", "password"}, {"username", "user"}, {"password", "guess"}}));
    http::Form form{{"grant_type", "authorization_code"}, {"code", redemption.code}};
    form.add("redirect_uri", settings_.redirect_uri + (flaws_.has(Flaw::redirect_uri_differs) ? "/" : ""));
    if (!redemption.verifier.empty()) form.add("code_verifier", redemption.verifier);
    auto tokens = ask(wire, form);
    if (!tokens || !settings_.uses_openid()) return tokens;
    if (relying_party_.is_used()) {
        if (auto const right = relying_party_.accept(wire, *tokens, redemption.nonce); !right)
            return std::unexpected(TokenRefusal{{}, right.error()});
        return tokens;
    }
    if (auto const right = check_id_token(tokens->id_token, redemption.nonce, settings_, flaws_); !right)
        return std::unexpected(TokenRefusal{{}, right.error()});
    return tokens;
}

// What a client does that hopes the user is still signed in at Loket.
void TokenEndpoint::knock_at_sign_in(Wire& wire) const
{
    auto const address =
        http::with_parameters(settings_.authorization_endpoint, {{"response_type", "code"},
                                                                 {"client_id", settings_.client_id},
                                                                 {"redirect_uri", settings_.redirect_uri},
                                                                 {"scope", settings_.scope},
                                                                 {"state", random_text(32)}});
    auto const url = http::parse_url(address);
    if (!url) return;
    static_cast<void>(
        wire.send(Party::token_endpoint, *url, {.method = "GET", .target = url->target(), .headers = {}, .body = {}}));
}

TokenResult TokenEndpoint::refresh(Wire& wire, std::string const& refresh_token, std::string const& resource) const
{
    if (flaws_.has(Flaw::signs_in_anew)) knock_at_sign_in(wire);
    http::Form form{{"grant_type", "refresh_token"}, {"refresh_token", refresh_token}};
    if (flaws_.has(Flaw::scope_on_refresh)) form.add("scope", settings_.scope);
    if (!resource.empty()) form.add("resource", resource);
    auto tokens = ask(wire, form);
    if (!tokens || !relying_party_.is_used()) return tokens;
    if (auto const right = relying_party_.accept_again(wire, *tokens); !right)
        return std::unexpected(TokenRefusal{{}, right.error()});
    return tokens;
}

bool TokenEndpoint::uses_assertion(http::Form const& form) const
{
    bool const falls_back = flaws_.has(Flaw::secret_on_refresh) && form.get("grant_type") == "refresh_token";
    return assertions_.is_used() && !falls_back;
}

bool TokenEndpoint::is_anonymous_machine(http::Form const& form) const
{
    return flaws_.has(Flaw::own_account_anonymous) && form.get("grant_type") == "client_credentials";
}

Result<void> TokenEndpoint::authenticate(http::Form& form) const
{
    bool const is_refresh = form.get("grant_type") == "refresh_token";
    bool const is_public =
        flaws_.has(Flaw::public_without_pkce) || (is_refresh && flaws_.has(Flaw::refresh_unauthenticated));
    if (uses_basic() || flaws_.has(Flaw::anonymous) || is_anonymous_machine(form)) return {};
    if (uses_assertion(form) && !is_public) return assertions_.add(form, settings_.token_endpoint);
    if (!(settings_.uses_mutual_tls() && flaws_.has(Flaw::client_id_left_out)))
        form.add("client_id", settings_.client_id);
    bool const is_registered_as_public = settings_.client_authentication == "none";
    if (is_registered_as_public || settings_.uses_mutual_tls())
        return {};  // the certificate says the rest, if anything does
    auto const& secret = settings_.client_secret;
    if (!is_public) form.add("client_secret", secret.empty() ? "the-one-from-before-the-key" : secret);
    return {};
}

http::Request TokenEndpoint::request(http::Url const& url, http::Form const& form) const
{
    http::Request request{.method = "POST", .target = url.target(), .headers = {}, .body = http::to_text(form)};
    request.headers.set("Content-Type",
                        flaws_.has(Flaw::token_request_plain_text) ? "text/plain" : std::string(form_type));
    request.headers.set("Accept", "application/json");
    bool const is_anonymous = flaws_.has(Flaw::anonymous) || (flaws_.has(Flaw::own_account_anonymous) &&
                                                              form.get("grant_type") == "client_credentials");
    if (uses_basic() && flaws_.has(Flaw::basic_unencoded))
        request.headers.set("Authorization", "Basic " + base64(settings_.client_id + ':' + settings_.client_secret));
    else if (!is_anonymous && (uses_basic() || flaws_.has(Flaw::authenticates_twice)))
        request.headers.set("Authorization", oauth::basic_authorization(settings_.client_id, settings_.client_secret));
    return request;
}

Result<http::Response> TokenEndpoint::send_form(Wire& wire, std::string const& address, http::Form form) const
{
    auto const url = http::parse_url(address);
    if (!url) return fail(url);
    bool const is_anonymous = flaws_.has(Flaw::other_endpoints_unauthenticated);
    if (!is_anonymous)
        if (auto const done = authenticate(form); !done) return fail(done);
    auto to_send = request(*url, form);
    if (is_anonymous) to_send.headers.remove("Authorization");
    return wire.send(Party::server, *url, to_send);
}

TokenResult TokenEndpoint::ask(Wire& wire, http::Form const& form) const
{
    int repeats = 0;
    for (;;) {
        auto whole = form;
        if (auto const done = authenticate(whole); !done) return std::unexpected(TokenRefusal{{}, done.error()});
        auto result = ask_once(wire, whole);
        if (result) return result;
        auto const& code = result.error().code;
        bool const again = (flaws_.has(Flaw::repeats_lost_request) && code.empty()) ||
                           (flaws_.has(Flaw::repeats_refused_request) && !code.empty()) ||
                           (flaws_.has(Flaw::repeats_invalid_client) && code == "invalid_client");
        // The nonce is in the next proof; the assertion of the client has to be a new one, too.
        bool const wants_nonce = code == "use_dpop_nonce" && !flaws_.has(Flaw::proof_nonce_ignored);
        int const most = !wants_nonce ? 3 : flaws_.has(Flaw::proof_nonce_without_end) ? 20 : 1;
        if ((!again && !wants_nonce) || ++repeats > most) return result;
    }
}

TokenResult TokenEndpoint::ask_once(Wire& wire, http::Form const& form) const
{
    auto address = settings_.token_endpoint;
    if (flaws_.has(Flaw::token_request_get)) address = http::with_parameters(address, form);
    if (flaws_.has(Flaw::secret_in_url))
        address = http::with_parameters(
            address, {{"client_id", settings_.client_id}, {"client_secret", settings_.client_secret}});
    auto const url = http::parse_url(address);
    if (!url) return std::unexpected(TokenRefusal{{}, url.error()});
    auto to_send = request(*url, form);
    if (flaws_.has(Flaw::token_request_get))
        to_send = {.method = "GET", .target = url->target(), .headers = {}, .body = {}};
    auto const answer = wire.send(Party::token_endpoint, *url, to_send);
    if (!answer) return std::unexpected(TokenRefusal{{}, answer.error()});
    return read(*answer);
}

bool TokenEndpoint::is_usable_type(std::string const& type) const
{
    if (flaws_.has(Flaw::token_type_case_matters)) return type == "bearer";
    bool const is_bearer = http::same_name(type, "bearer");
    if (!settings_.has_bound_tokens) return is_bearer;
    return http::same_name(type, "DPoP") || (is_bearer && flaws_.has(Flaw::bound_token_downgraded));
}

TokenResult TokenEndpoint::read(http::Response const& answer) const
{
    if (flaws_.has(Flaw::tokens_in_log)) std::cerr << "token endpoint answered: " << answer.body << '\n';
    if (flaws_.has(Flaw::token_answer_unread)) return read_without_care(answer.body);
    if (answer.status != 200) {
        auto const error = oauth::parse_error_response(answer.body);
        if (!error)
            return no_token(fmt::format("it answered {} without an error code", answer.status), "try again later");
        auto const said = error->error + (error->description.empty() ? "" : ", " + error->description);
        return no_token("Loket refused: " + printable(shortened(said, 200)), std::string(remedy_for(error->error)),
                        error->error);
    }
    // Said in our own words: a parser quotes what it cannot read, and that may be half a token.
    if (!parse_json(answer.body, "token response")) return no_token("the answer is not JSON", "try again later");
    auto tokens = oauth::parse_token_response(answer);
    if (!tokens) return std::unexpected(TokenRefusal{{}, tokens.error()});
    if (!is_usable_type(tokens->token_type) && !flaws_.has(Flaw::token_type_ignored))
        return no_token(
            fmt::format("the token is of the unknown type '{}'", printable(shortened(tokens->token_type, 40))),
            settings_.has_bound_tokens ? "this program uses tokens that are bound to its key"
                                       : "this program can use bearer tokens only");
    for (auto const& [member, value] : tokens->others.items())
        if (flaws_.has(Flaw::unknown_members_refused) && !is_in_sample(member))
            return no_token(fmt::format("the answer has an unknown member '{}'", member), "update this program");
    if (!tokens->expires_in && flaws_.has(Flaw::expires_in_demanded))
        return no_token("the answer does not say when the token expires", "ask Loket");
    return tokens.value();
}

}  // namespace keur::reference
