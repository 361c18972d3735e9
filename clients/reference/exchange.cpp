#include "clients/reference/exchange.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

namespace keur::reference {

namespace {

constexpr auto exchange_grant = "urn:ietf:params:oauth:grant-type:token-exchange";
constexpr auto access_token_type = "urn:ietf:params:oauth:token-type:access_token";

}  // namespace

std::string TokenExchange::audience() const
{
    if (flaws_.has(Flaw::exchange_for_itself)) return settings_.client_id;
    if (flaws_.has(Flaw::exchange_for_production)) return settings_.production.audience;
    return settings_.audience;
}

// What clients send that did not read the documents to their end.
void TokenExchange::spoil(http::Form& form) const
{
    if (flaws_.has(Flaw::exchange_unactored)) {
        form.remove("actor_token");
        form.remove("actor_token_type");
    }
    if (flaws_.has(Flaw::exchange_actor_untyped)) form.remove("actor_token_type");
    if (flaws_.has(Flaw::exchange_subject_as_jwt))
        form.set("subject_token_type", "urn:ietf:params:oauth:token-type:jwt");
    if (flaws_.has(Flaw::exchange_for_many)) form.add("audience", settings_.client_id);
    if (flaws_.has(Flaw::exchange_resource_relative)) form.add("resource", "/auth/v1/token#token");
}

http::Form TokenExchange::request(Wire& wire, std::string const& access_token) const
{
    auto subject = access_token;
    if (flaws_.has(Flaw::exchange_of_client_token))
        if (auto const own = endpoint_.ask(wire, {{"grant_type", "client_credentials"}})) subject = own->access_token;
    http::Form form{{"grant_type", exchange_grant}, {"audience", audience()},
                    {"subject_token", subject},     {"subject_token_type", access_token_type},
                    {"actor_token", access_token},  {"actor_token_type", access_token_type}};
    spoil(form);
    return form;
}

TokenResult TokenExchange::checked(TokenResult tokens) const
{
    if (!tokens || flaws_.has(Flaw::issued_type_ignored)) return tokens;
    auto const issued = text_member(tokens->others, "issued_token_type");
    if (issued != access_token_type)
        return std::unexpected(TokenRefusal{
            {},
            {"token exchange", fmt::format("the issued token is of the type '{}'", printable(shortened(issued, 80))),
             "ask the operator; only access tokens can be handed over"}});
    if (!tokens->refresh_token && flaws_.has(Flaw::expects_refresh_from_exchange))
        return std::unexpected(TokenRefusal{{}, {"token exchange", "there is no refresh token", "ask the operator"}});
    return tokens;
}

TokenResult TokenExchange::exchange(Wire& wire, std::string const& access_token) const
{
    return checked(endpoint_.ask(wire, request(wire, access_token)));
}

TokenResult TokenExchange::exchange_for(Wire& wire, std::string const& access_token, std::string const& resource) const
{
    http::Form form{{"grant_type", exchange_grant},
                    {"resource", resource},
                    {"subject_token", access_token},
                    {"subject_token_type", access_token_type},
                    {"requested_token_type", access_token_type}};
    spoil(form);
    return checked(endpoint_.ask(wire, form));
}

}  // namespace keur::reference
