#include "mocks/engine/callback.h"

#include "mocks/engine/state.h"
#include "mocks/engine/templates.h"
#include "protocol/http/url.h"

#include <algorithm>

namespace keur::mocks {

namespace {

// A redirect to the client in pieces that faults may change.
struct Delivered {
    std::string base;
    http::Form parameters;

    [[nodiscard]] std::string text() const { return http::with_parameters(base, parameters); }
};

Delivered take_apart(std::string const& url)
{
    auto const question = url.find('?');
    if (question == std::string::npos) return {url, {}};
    auto parameters = http::parse_form(std::string_view(url).substr(question + 1));
    return {url.substr(0, question), parameters ? std::move(*parameters) : http::Form{}};
}

std::string random_challenge(PlatformState& state)
{
    return state.random.token(32);
}

// A code that belongs to someone or somewhere else: `attacker` (same client, the attacker's account and their own
// PKCE), `other-client`, `expired`.
std::string code_of(PlatformState& state, std::string const& kind)
{
    auto const* client = kind == "other-client" ? state.client_named("other") : state.under_test;
    if (client == nullptr) client = state.under_test;
    auto const now = state.clock.now();
    auto const lifetime = state.switches.duration("code.lifetime");
    auto const& family = new_family(state, client->id, kind == "attacker" ? "attacker" : "normal", "");
    return issue_code(state, {.family = family.id,
                              .client_id = client->id,
                              .redirect_uri = client->redirect_uri,
                              .challenge = state.client_uses_pkce ? random_challenge(state) : "",
                              .challenge_method = state.client_uses_pkce ? "S256" : "",
                              .expires = kind == "expired" ? now : now + lifetime});
}

// The state an observation shows the client under test to have made: in a link it gave out, or in the authorization
// request itself.
std::string state_made(PlatformState const& state, Observation const& seen)
{
    if (seen.kind == "request" && text_member(seen.fields, "endpoint") == "authorize")
        return text_member(field(seen, "query"), "client_id") == state.under_test->id
                   ? text_member(field(seen, "query"), "state")
                   : "";
    if (seen.kind != "answer") return {};
    return take_apart(text_member(field(seen, "message"), "open")).parameters.get("state");
}

// All states the client made in this scenario but the latest, oldest first.
std::vector<std::string> earlier_states(PlatformState const& state)
{
    std::vector<std::string> made;
    for (auto const& seen : state.transcript.all()) {
        auto const value = state_made(state, seen);
        if (!value.empty() && std::ranges::find(made, value) == made.end()) made.push_back(value);
    }
    if (!made.empty()) made.pop_back();
    return made;
}

bool alter(PlatformState& state, Fault const& fault, Yaml const& argument, Delivered& delivered)
{
    auto const earlier = earlier_states(state);
    FaultedCallback faulted{.parameters = delivered.parameters,
                            .base = delivered.base,
                            .random = state.random,
                            .code_of = [&](std::string const& kind) { return code_of(state, kind); },
                            .earlier_states = earlier,
                            .fill_in = [&](std::string const& text) { return with_templates(state, text); }};
    if (!fault.on_callback(argument, faulted)) return false;
    // It is the browser that brings it, so nothing can be lost on the way.
    state.transcript.add(
        "user", "fault",
        {{"name", fault.name}, {"argument", argument.json()}, {"endpoint", "callback"}, {"delivered", true}});
    return true;
}

}  // namespace

std::string faulted_callback(PlatformState& state, std::string const& url)
{
    auto delivered = take_apart(url);
    bool changed = false;
    for (auto& ordered : state.faults) {
        if (!ordered.fault->on_callback || !ordered.gate.opens(ordered.chances++)) continue;
        if (!alter(state, *ordered.fault, ordered.order.argument, delivered)) continue;
        ++ordered.fired;
        changed = true;
    }
    return changed ? delivered.text() : url;
}

Result<std::string> altered_callback(PlatformState& state, std::string const& url, Yaml const& argument)
{
    auto const fault = std::ranges::find(faults(), "callback", &Fault::name);
    if (auto right = fault->check(argument); !right) return fail(right);
    auto delivered = take_apart(url.empty() ? state.options.redirect_uri : url);
    if (!alter(state, *fault, argument, delivered))
        return argument.wrong("the callback cannot be altered that way here",
                              "`state: earlier` needs a sign-in before this one");
    return delivered.text();
}

}  // namespace keur::mocks
