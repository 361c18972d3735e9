#include "clients/reference/gateway.h"

#include "protocol/base/encoding.h"
#include "protocol/http/challenge.h"
#include "protocol/jose/jwt.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::reference {

namespace {

// What a problem report (RFC 9457) says of itself.
std::string words_of(http::Response const& answer)
{
    auto const json = parse_json(answer.body, "API");
    if (!json || !json->is_object()) return printable(shortened(answer.body, 200));
    return printable(shortened(text_member(*json, "detail"), 200));
}

// The scope that a challenge of 403 names; empty when it names none.
std::string missing_scope(http::Response const& answer)
{
    auto const challenges = http::parse_challenges(answer.headers.get("WWW-Authenticate"));
    if (!challenges) return {};
    for (auto const& challenge : *challenges)
        if (auto const scope = challenge.find("scope")) return printable(shortened(*scope, 100));
    return {};
}

std::string remedy_for(http::Response const& answer)
{
    auto const scope = missing_scope(answer);
    if (answer.status == 403 && !scope.empty()) return fmt::format("have the scope {} granted to this client", scope);
    if (answer.status == 403) return "have the rights of the user changed";
    return answer.status >= 500 ? "try again later" : "check the access with the owner of the API";
}

}  // namespace

// The API of the operation when it is another than that of the first one, whose token the sign-in brings.
std::string Gateway::other_resource(std::string const& operation) const
{
    if (auto const other = settings_.exchanges.find(operation); other != settings_.exchanges.end())
        return other->second;
    auto const found = settings_.resources.find(operation);
    bool const is_usual = found == settings_.resources.end() || settings_.api.starts_with(found->second);
    return is_usual || flaws_.has(Flaw::one_token_for_all_apis) ? std::string() : found->second;
}

// By an exchange of the user's token where that was agreed, else by a refresh.
Result<oauth::TokenResponse> Gateway::new_tokens(Wire& wire, std::string const& resource)
{
    bool const is_exchanged =
        std::ranges::any_of(settings_.exchanges, [&](auto const& one) { return one.second == resource; });
    if (!is_exchanged) return grant_.tokens_for(wire, resource);
    auto const users = grant_.access_token(wire);
    if (!users) return fail(users);
    auto tokens = exchange_.exchange_for(wire, *users, resource);
    if (!tokens) return std::unexpected(tokens.error().error);
    return std::move(*tokens);
}

Result<std::string> Gateway::token_of(Wire& wire, std::string const& resource)
{
    std::scoped_lock const lock(mutex_);
    auto& kept = kept_[resource];
    bool const is_alive = !kept.until || SystemClock().now() < *kept.until || flaws_.has(Flaw::exchanged_token_kept);
    if (!kept.token.empty() && is_alive) return kept.token;
    auto const tokens = new_tokens(wire, resource);
    if (!tokens) return fail(tokens);
    kept = {tokens->access_token, std::nullopt};
    if (tokens->expires_in) kept.until = SystemClock().now() + *tokens->expires_in - std::chrono::seconds(5);
    return kept.token;
}

Result<std::string> Gateway::token_for(Wire& wire, std::string const& operation)
{
    if (account_.is_for(operation)) return account_.access_token(wire);
    auto const resource = other_resource(operation);
    auto token = resource.empty() ? grant_.access_token(wire) : token_of(wire, resource);
    if (token && flaws_.has(Flaw::jwt_demanded) && !jose::parse_jwt(*token))
        return fail("token", "it cannot be looked into", "ask the operator");
    return token;
}

void Gateway::give_up(std::string const& operation, std::string const& token)
{
    if (account_.is_for(operation)) return account_.give_up(token);
    if (auto const resource = other_resource(operation); !resource.empty()) {
        std::scoped_lock const lock(mutex_);
        kept_.erase(resource);
        return;
    }
    grant_.give_up(token);
}

void Gateway::forget()
{
    std::scoped_lock const lock(mutex_);
    kept_.clear();
}

Result<std::string> Gateway::token_other_than(Wire& wire, std::string const& operation, std::string const& refused)
{
    give_up(operation, refused);
    return token_for(wire, operation);
}

Result<http::Response> Gateway::get(Wire& wire, http::Url const& url, std::string const& token) const
{
    bool const is_in_url = flaws_.has(Flaw::token_in_url) || flaws_.has(Flaw::token_sent_twice);
    auto const in_url = is_in_url ? http::parse_url(http::with_parameters(url.text, {{"access_token", token}}))
                                  : Result<http::Url>(url);
    if (!in_url) return fail(in_url);
    http::Request request{.method = "GET", .target = in_url->target(), .headers = {}, .body = {}};
    constexpr std::size_t column = 1000;
    auto const sent = flaws_.has(Flaw::token_cut_off) ? token.substr(0, column) : token;
    bool const is_bound = settings_.has_bound_tokens && !flaws_.has(Flaw::bound_token_as_bearer);
    if (flaws_.has(Flaw::token_in_body)) request.body = "{\"access_token\":\"" + token + "\"}";
    if (!flaws_.has(Flaw::token_in_url) && !flaws_.has(Flaw::token_in_body))
        request.headers.set("Authorization", (is_bound ? "DPoP " : "Bearer ") + sent);
    request.headers.set("Accept", "application/json");
    return wire.send(Party::api, *in_url, request);
}

Result<http::Response> Gateway::get_admitted(Wire& wire, std::string const& operation, http::Url const& url)
{
    auto const token = token_for(wire, operation);
    if (!token) return fail(token);
    auto answer = get(wire, url, *token);
    constexpr int stubbornness = 4;
    for (int i = 0; i < stubbornness && answer; ++i) {
        bool const again = (answer->status == 401 && flaws_.has(Flaw::repeats_after_401)) ||
                           (answer->status == 403 && flaws_.has(Flaw::repeats_after_403));
        bool const is_misread = flaws_.has(Flaw::challenge_misread) &&
                                !answer->headers.get("WWW-Authenticate").starts_with("Bearer error=\"insufficient");
        bool const renews = (answer->status == 401 && flaws_.has(Flaw::refreshes_without_end)) ||
                            (answer->status == 403 && (flaws_.has(Flaw::refreshes_after_403) || is_misread));
        bool const is_stubborn = answer->status == 503 && flaws_.has(Flaw::repeats_when_in_trouble);
        if (!again && !renews && !is_stubborn) break;
        auto const other = renews ? token_other_than(wire, operation, *token) : token;
        if (!other) return fail(other);
        answer = get(wire, url, *other);
    }
    if (!answer || answer->status != 401 || flaws_.has(Flaw::keeps_refused_token)) return answer;
    auto const other = token_other_than(wire, operation, *token);
    if (!other) return fail(other);
    answer = get(wire, url, *other);
    if (answer && answer->status == 401) give_up(operation, *other);
    return answer;
}

Result<Listing> Gateway::read(http::Response const& answer) const
{
    if (answer.status != 200)
        return fail("API", fmt::format("it answered {}: {}", answer.status, words_of(answer)), remedy_for(answer));
    auto const body = parse_json(answer.body, "API");
    if (!body || !body->is_object()) return fail("API", "the answer is not JSON", "try again later");
    auto const items = body->find("items");
    return Listing{.items = items != body->end() && items->is_array() ? items->size() : 0, .warnings = {}};
}

// What clients do that go wherever an answer points.
void Gateway::follow_link(Wire& wire, std::string const& operation, http::Response const& answer)
{
    auto const body = parse_json(answer.body, "API");
    auto const next = body ? http::parse_url(text_member(*body, "next")) : fail("API", "no link");
    if (next) std::ignore = get_admitted(wire, operation, *next);
}

Result<Listing> Gateway::call(Wire& wire, std::string const& operation)
{
    auto const path = settings_.operations.find(operation);
    if (path == settings_.operations.end())
        return fail("settings", fmt::format("there is no operation '{}'", operation), "add it to operations");
    bool const is_elsewhere = path->second.starts_with("https://");
    auto const url = http::parse_url(is_elsewhere ? path->second : settings_.api + path->second);
    if (!url) return fail(url);
    auto const answer = get_admitted(wire, operation, *url);
    if (!answer) return fail(answer);
    if (flaws_.has(Flaw::links_followed)) follow_link(wire, operation, *answer);
    return read(*answer);
}

}  // namespace keur::reference
