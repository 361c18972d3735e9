#include "mocks/engine/act.h"

#include "mocks/engine/logout.h"
#include "mocks/engine/mutual_tls.h"
#include "mocks/engine/proof.h"
#include "mocks/engine/signing.h"
#include "mocks/engine/state.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks {

namespace {

void withdraw_consent(PlatformState& state, Yaml const&)
{
    state.consents.clear();
    for (auto const& [id, family] : state.issued.families)
        if (family.client_id == state.under_test->id) revoke(state, id);
}

void revoke_refresh_token(PlatformState& state, Yaml const&)
{
    for (auto& [value, token] : state.issued.refresh_tokens) {
        token.expires = state.clock.now();
        bury(state, value);
    }
}

void expire_access_token(PlatformState& state, Yaml const&)
{
    for (auto& [value, token] : state.issued.access_tokens) {  // the ledger keeps the life that the client was told
        token.expires = std::min(token.expires, state.clock.now());
        bury(state, value);
    }
}

void rotate_secret(PlatformState& state, Yaml const&)
{
    auto& client = *state.under_test;
    auto const old = client.secret;
    client.secret = state.random.token(24);
    state.transcript.secrets.add("client-secret", client.secret, state.clock.now()).client_id = client.id;
    bury(state, old, client.secret);
}

void hand_out_secret(PlatformState& state, Yaml const& nothing)
{
    rotate_secret(state, nothing);
    state.told_secret = state.under_test->secret;
}

void withdraw_client(PlatformState& state, Yaml const&)
{
    state.under_test->withdrawn = true;
    withdraw_consent(state, {});
}

// As when a customer leaves a shared registration for one of their own: the client has to be told, by new settings.
void replace_client(PlatformState& state, Yaml const&)
{
    auto fresh = *state.under_test;
    fresh.id = state.random.uuid();
    fresh.secret = state.random.token(24);
    state.transcript.secrets.add("client-secret", fresh.secret, state.clock.now()).client_id = fresh.id;
    state.clients.push_back(std::move(fresh));
    state.under_test = &state.clients.back();
    state.told_secret = state.under_test->secret;
}

Result<void> check_endpoint(Profile const& profile, Yaml const& argument)
{
    auto const name = argument.text();
    if (!name) return fail(name);
    auto const known = known_endpoints(profile);
    if (std::ranges::find(known, *name) == known.end())
        return std::unexpected(unknown_name(argument.at(), "endpoint", *name, known));
    auto const& endpoints = profile.blueprint->endpoints;
    auto const& home = std::ranges::find(endpoints, *name, &Endpoint::name)->party;
    auto const is_home = [&](Endpoint const& row) { return row.name == *name && row.party == home; };
    if (std::ranges::count_if(endpoints, is_home) > 1) return {};
    return argument.wrong(fmt::format("the endpoint {} has one address, so it cannot move", *name),
                          "give the profile a second row of that name with another path");
}

void move_endpoint(PlatformState& state, Yaml const& argument)
{
    state.moved.insert(argument.scalar);
}

Result<void> check_shift(Profile const&, Yaml const& argument)
{
    auto const shift = argument.milliseconds();
    if (!shift) return fail(shift);
    return {};
}

void set_clock_wrong(PlatformState& state, Yaml const& argument)
{
    state.clock_error = std::chrono::milliseconds(argument.milliseconds().value_or(0));
}

void replace_signing_key(PlatformState& state, Yaml const&)
{
    ++state.signing_generation;
    for (auto const* algorithm : {"access-token.algorithm", "id-token.algorithm"})
        static_cast<void>(signer_for(state.switches.text(algorithm), state.signing_generation));
}

std::vector<Act> own_acts()
{
    return {
        {"idp",
         "withdraw-consent",
         "the user takes the consent back: all tokens that came from it die",
         {},
         withdraw_consent},
        {"idp", "revoke-refresh-token", "refresh tokens stop working, access tokens live on", {}, revoke_refresh_token},
        {"idp", "expire-access-token", "access tokens stop working before their time", {}, expire_access_token},
        {"idp", "rotate-secret", "the client gets a new secret and is not told", {}, rotate_secret},
        {"idp", "withdraw-client", "the client's registration ends, and with it all its tokens", {}, withdraw_client},
        {"idp",
         "replace-client",
         "the client gets another registration, with an id and a secret that its settings tell from then on",
         {},
         replace_client},
        {"idp", "move-endpoint", "an endpoint moves to its second address in the profile: NAME", check_endpoint,
         move_endpoint},
        {"idp", "set-clock-wrong", "the server's own clock is wrong by so much, such as -60s", check_shift,
         set_clock_wrong},
        {"idp",
         "hand-out-secret",
         "the client gets a new secret, and its settings tell it from then on",
         {},
         hand_out_secret},
        {"idp",
         "replace-client-certificate",
         "the client's certificate for mutual TLS is replaced, and so are the files that it was told",
         {},
         [](PlatformState& state, Yaml const&) { static_cast<void>(give_certificate(state)); }},
        {"idp",
         "renew-proof-nonces",
         "every party wants another nonce in proofs of possession from now on",
         {},
         [](PlatformState& state, Yaml const&) { renew_proof_nonces(state); }},
        {"idp",
         "replace-signing-key",
         "tokens are signed with another key from now on; the key set has both",
         {},
         replace_signing_key},
    };
}

}  // namespace

std::vector<Act> const& engine_acts()
{
    static std::vector<Act> const table = [] {
        auto all = own_acts();
        std::ranges::copy(logout_acts(), std::back_inserter(all));
        return all;
    }();
    return table;
}

}  // namespace keur::mocks
