#include "harness/judge/exchange.h"

#include "harness/judge/field_path.h"
#include "harness/judge/vocabulary.h"
#include "protocol/base/names.h"

#include <algorithm>

namespace keur::judge {

namespace {

// The state with which `code` was delivered to the client; nullopt when it was not.
std::optional<std::string> state_of(std::string const& code, Transcript const& seen)
{
    for (auto const& one : seen.all()) {
        if (one.kind != "deliver" && one.kind != "navigate") continue;
        for (std::string const way : {"query", "form"})
            if (text_at(one, way + ".code") == code) return text_at(one, way + ".state");
    }
    return std::nullopt;
}

}  // namespace

int Exchange::status() const
{
    auto const value = response == nullptr ? Json() : field(*response, "status");
    return value.is_number_integer() ? value.get<int>() : 0;
}

TimePoint Exchange::answered() const
{
    if (response == nullptr) return request->time;
    auto const after = field(*response, "delivered-after");  // milliseconds, from the mock
    if (!after.is_number()) return response->time;
    return response->time + std::chrono::microseconds(static_cast<long long>(after.get<double>() * 1000));
}

bool stands_at(Observation const& seen, std::string_view endpoint_or_party)
{
    return seen.party == endpoint_or_party || text_member(seen.fields, "endpoint") == endpoint_or_party;
}

std::vector<Exchange> exchanges(Transcript const& seen, std::string_view endpoint_or_party)
{
    std::vector<Exchange> found;
    for (auto const& one : seen.all()) {
        if (one.kind == "request" && (endpoint_or_party.empty() || stands_at(one, endpoint_or_party)))
            found.push_back({&one, nullptr});
        if (one.kind != "response") continue;
        auto const to = field(one, "to");
        auto const asked = std::ranges::find_if(
            found, [&](Exchange const& exchange) { return to.is_number() && to == exchange.request->id; });
        if (asked != found.end()) asked->response = &one;
    }
    return found;
}

std::string text_at(Observation const& seen, std::string_view path)
{
    return as_text(field(seen, path));
}

Secret const* bearer(Observation const& request, Transcript const& seen)
{
    auto const header = text_at(request, "header.authorization");
    return header.empty() ? nullptr : seen.secrets.find(without_scheme(header));
}

bool was_told_between(Transcript const& seen, int first, int second)
{
    return std::ranges::any_of(seen.all(), [&](Observation const& one) {
        return one.id > first && one.id < second && (one.kind == "command" || one.kind == "navigate");
    });
}

Observation const* authorization_of(std::string const& code, Observation const& token_request, Transcript const& seen)
{
    auto const state = state_of(code, seen);
    if (!state) return nullptr;
    Observation const* found = nullptr;
    for (auto const& one : seen.all()) {
        if (one.id >= token_request.id) break;
        bool const asked = one.kind == "request" && text_member(one.fields, "endpoint") == "authorize";
        if (asked && (state->empty() || text_at(one, "query.state") == *state)) found = &one;
    }
    return found;
}

std::vector<Redemption> redemptions(Transcript const& seen)
{
    std::vector<Redemption> found;
    for (auto const& exchange : exchanges(seen, "token")) {
        auto const code = text_at(*exchange.request, "form.code");
        auto const* authorization = code.empty() ? nullptr : authorization_of(code, *exchange.request, seen);
        if (authorization != nullptr) found.push_back({authorization, exchange.request});
    }
    return found;
}

Result<void> takes_nothing(Yaml const& with)
{
    if (with.is_null() || (with.is_map() && with.members.empty())) return {};
    return with.wrong("this check takes no `with`", "remove it");
}

Result<void> takes_kinds(Yaml const& with)
{
    if (with.is_null()) return {};
    if (auto const known = with.only("`with`", {"kinds"}); !known) return known;
    auto const* kinds = with.find("kinds");
    if (kinds == nullptr) return {};
    auto const names = kinds->texts();
    if (!names) return fail(names);
    for (auto const& name : *names)
        if (std::ranges::find(secret_kinds(), name) == secret_kinds().end())
            return std::unexpected(unknown_name(kinds->at(), "kind of secret", name, secret_kinds()));
    return {};
}

std::vector<std::string> kinds_of(Yaml const& with, std::vector<std::string> otherwise)
{
    auto const* kinds = with.find("kinds");
    return kinds == nullptr ? otherwise : kinds->texts().value_or(otherwise);
}

}  // namespace keur::judge
