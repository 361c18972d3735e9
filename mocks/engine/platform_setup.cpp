#include "mocks/engine/platform_setup.h"

#include "mocks/engine/answers.h"
#include "mocks/engine/mutual_tls.h"
#include "mocks/engine/pages.h"
#include "mocks/engine/signing.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks {

namespace {

std::string enter_secret(PlatformState& state, char const* kind, std::string value, std::string const& client_id)
{
    state.transcript.secrets.add(kind, value, state.clock.now()).client_id = client_id;
    return value;
}

Result<void> make_clients(PlatformState& state)
{
    for (auto const& registration : state.blueprint.registrations) {
        Client client{
            .registration = &registration,
            .id = state.random.uuid(),
            .secret = {},
            .redirect_uri = registration.redirect_uri.empty() ? state.options.redirect_uri : registration.redirect_uri,
            .withdrawn = registration.withdrawn};
        bool const is_awkward = state.switches.is("client-secret.form", "awkward");
        client.secret =
            enter_secret(state, "client-secret", state.random.token(24) + (is_awkward ? ":%41+ &=/" : ""), client.id);
        if (!registration.key.empty()) {
            auto key = make_client_key(state, registration.name, registration.key, client.id);
            if (!key) return fail(key);
            client.keys.push_back(std::move(*key));
        }
        state.clients.push_back(std::move(client));
    }
    return {};
}

void make_users(PlatformState& state)
{
    for (auto const& person : state.blueprint.persons)
        state.users.push_back({&person, enter_secret(state, "password", state.random.token(12), "")});
}

Result<void> set_switches(PlatformState& state)
{
    auto values = switch_values(state.profile, state.options.overrides);
    if (!values) return fail(values);
    state.switches = std::move(*values);
    return {};
}

// Which registration the client is told to use; `old-secret` is its own one with a secret that was replaced.
Result<void> choose_registration(PlatformState& state)
{
    auto const& chosen = state.switches.text("registration");
    bool const old = chosen == "old-secret";
    state.under_test = state.client_named(old ? "own" : chosen);
    if (state.under_test == nullptr)
        return state.profile.document.wrong(fmt::format("the profile has no client '{}'", chosen),
                                            "add it to clients, or leave the switch registration alone");
    state.told_secret = state.under_test->secret;
    if (!state.under_test->keys.empty()) state.told_key = state.under_test->keys.back();
    if (!old) return {};
    state.under_test->secret = enter_secret(state, "client-secret", state.random.token(24), state.under_test->id);
    bury(state, state.told_secret, state.under_test->secret);
    return {};
}

// Making an RSA key takes longer than some clients wait for an answer, so it is there before the first one asks.
Result<void> make_signing_key(PlatformState const& state)
{
    if (state.switches.is("access-token.format", "jwt"))
        if (auto const signer = signer_for(state.switches.text("access-token.algorithm")); !signer) return fail(signer);
    if (!knows_openid(state.blueprint)) return {};
    auto const signer = id_token_signer_for(state.switches.text("id-token.algorithm"));
    if (!signer) return fail(signer);
    return {};
}

Result<void> order_faults(PlatformState& state)
{
    for (auto const& order : state.options.faults) {
        if (auto right = check_fault(state.profile, order); !right) return right;
        auto const fault = std::ranges::find(faults(), order.name, &Fault::name);
        auto gate = read_gate(order.argument, fault->default_at);
        if (!gate) return fail(gate);
        if (fault->prepare)
            if (auto const ready = fault->prepare(); !ready) return ready;
        state.faults.push_back({&*fault, order, std::move(*gate), 0, 0});
    }
    return {};
}

// People who go astray get a page; everything else is said in plain text.
http::Response refuse_as_page(PlatformState& state, int status, std::string const& message)
{
    bool const astray = status == 404 || status == 405;
    if (!astray || state.blueprint.texts.empty()) return plain_text(status, message);
    return error_page(state, status, state.text("not-found-title"),
                      state.text(status == 405 ? "wrong-method" : "not-found"));
}

http::Response refuse_as_text(PlatformState&, int status, std::string const& message)
{
    return plain_text(status, message);
}

}  // namespace

Result<SwitchValues> switch_values(Profile const& profile, std::vector<std::pair<std::string, Yaml>> const& overrides)
{
    auto values = profile.blueprint->switches;
    auto const rows = switches_of(profile.blueprint->system);
    for (auto const& [path, value] : overrides) {
        if (auto known = check_switch(profile, path, value); !known) return fail(known);
        auto const row = std::ranges::find(rows, path, &Switch::path);
        auto read = (*row)->read(value);
        if (!read) return fail(read);
        values.set(path, std::move(*read));
    }
    return values;
}

Result<void> set_up(PlatformState& state)
{
    if (auto done = set_switches(state); !done) return done;
    if (auto done = make_clients(state); !done) return done;
    make_users(state);
    if (auto done = choose_registration(state); !done) return done;
    if (auto done = give_certificate(state); !done) return done;
    if (auto done = make_signing_key(state); !done) return done;
    if (auto done = order_faults(state); !done) return done;
    state.refuse["idp"] = refuse_as_page;
    state.refuse["attacker"] = refuse_as_text;
    auto const* system = state.blueprint.system;
    if (system != nullptr && system->extend) system->extend(state);
    for (auto const& party : state.profile.parties) state.refuse.try_emplace(party, refuse_as_text);
    return {};
}

}  // namespace keur::mocks
