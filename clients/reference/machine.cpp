#include "clients/reference/machine.h"

#include "protocol/base/encoding.h"
#include "protocol/jose/jwt.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace keur::reference {

namespace {

// When to stop using a token: a little before its end, so that it does not expire on the way.
TimePoint end_of_use(std::chrono::seconds lifetime)
{
    constexpr std::chrono::seconds margin{5};
    return SystemClock().now() + lifetime - std::min(margin, lifetime / 10);
}

}  // namespace

Machine::Machine(Settings const& settings, Flaws const& flaws)
    : settings_(settings), flaws_(flaws), machine_(machine_settings(settings)), grant_(machine_, flaws)
{
}

Result<Json> Machine::wish_for(std::string const& operation) const
{
    auto const found = machine_.grants.find(operation);
    if (found == machine_.grants.end())
        return fail("settings", fmt::format("nothing says what '{}' needs a token for", operation), "add it to grants");
    return found->second;
}

// Tokens differ in all that they were asked with: one for customer A is never good for customer B.
std::string Machine::name_of(Json const& wish) const
{
    return flaws_.has(Flaw::tokens_by_scope_only) ? text_member(wish, "scope") : to_line(wish);
}

bool Machine::is_usable(Kept const& kept) const
{
    if (kept.token.empty() || flaws_.has(Flaw::token_per_call)) return false;
    return !kept.until || SystemClock().now() < *kept.until || flaws_.has(Flaw::expires_in_ignored);
}

// What programs do that take a token for more than a text to hand on.
Result<void> Machine::look_into(Kept& kept) const
{
    auto const inside = jose::parse_jwt(kept.token);
    if (!inside && flaws_.has(Flaw::jwt_demanded)) return fail("token", "it cannot be looked into", "ask the operator");
    if (!inside) return {};
    if (flaws_.has(Flaw::token_exp_followed) && inside->claims.exp) kept.until = TimePoint(*inside->claims.exp);
    auto const consumer = inside->claims.all.find("consumer");
    bool const is_known =
        consumer != inside->claims.all.end() && text_member(*consumer, "authority") == "iso6523-actorid-upis";
    if (flaws_.has(Flaw::organisation_parsed) && !is_known)
        return fail("token", "its organisation is of an unknown authority", "ask the operator");
    return {};
}

Result<Machine::Kept> Machine::fetch(Wire& wire, Json const& wish) const
{
    auto const tokens = grant_.ask(wire, wish);
    if (!tokens) return fail(tokens);
    Kept fresh{tokens->access_token, std::nullopt, tokens->scope.value_or("")};
    if (tokens->expires_in) fresh.until = end_of_use(*tokens->expires_in);
    if (auto const looked = look_into(fresh); !looked) return fail(looked);
    return fresh;
}

Result<Machine::Kept> Machine::token_for(Wire& wire, Json const& wish)
{
    auto& kept = kept_[name_of(wish)];
    if (is_usable(kept)) return kept;
    auto fresh = fetch(wire, wish);
    if (fresh) kept = *fresh;
    return fresh;
}

Result<void> Machine::token(Wire& wire)
{
    auto const operations = settings_.all.find("operations");
    if (operations == settings_.all.end() || !operations->is_object() || operations->empty())
        return fail("settings", "there is no operation to get a token for", "add one to operations");
    auto const wish = wish_for(operations->begin().key());
    if (!wish) return fail(wish);
    auto const got = token_for(wire, *wish);
    if (!got) return fail(got);
    return {};
}

Result<http::Response> Machine::get(Wire& wire, std::string const& path, std::string const& token) const
{
    bool const in_url = flaws_.has(Flaw::token_in_url);
    auto const address = machine_.api + path;
    auto const url = http::parse_url(in_url ? http::with_parameters(address, {{"access_token", token}}) : address);
    if (!url) return fail(url);
    http::Request request{.method = "GET", .target = url->target(), .headers = {}, .body = {}};
    if (!in_url) request.headers.set("Authorization", "Bearer " + token);
    request.headers.set("Accept", "application/json");
    return wire.send(Party::api, *url, request);
}

Result<std::size_t> Machine::read(http::Response const& answer) const
{
    if (answer.status != 200)
        return fail("API", fmt::format("it answered {}", answer.status),
                    answer.status >= 500 ? "try again later" : "check the access with the owner of the API");
    auto const body = parse_json(answer.body, "API");
    if (!body || !body->is_object()) return fail("API", "the answer is not JSON", "try again later");
    auto const items = body->find("items");
    return items != body->end() && items->is_array() ? items->size() : 0;
}

Result<std::size_t> Machine::call(Wire& wire, std::string const& operation)
{
    auto const wish = wish_for(operation);
    if (!wish) return fail(wish);
    auto const path = settings_.operations.find(operation);
    if (path == settings_.operations.end())
        return fail("settings", fmt::format("there is no operation '{}'", operation), "add it to operations");
    auto held = token_for(wire, *wish);
    if (!held) return fail(held);
    if (flaws_.has(Flaw::answered_scope_used) && held->scope.find("orders.all") != std::string::npos)
        std::ignore = get(wire, "orders/all", held->token);
    auto answer = get(wire, path->second, held->token);
    if (answer && answer->status == 401 && !flaws_.has(Flaw::keeps_refused_token)) {
        kept_.erase(name_of(*wish));
        held = token_for(wire, *wish);
        if (!held) return fail(held);
        answer = get(wire, path->second, held->token);
    }
    if (!answer) return fail(answer);
    return read(*answer);
}

}  // namespace keur::reference
