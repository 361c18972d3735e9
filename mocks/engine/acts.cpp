#include "mocks/engine/act.h"

#include "mocks/engine/state.h"

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

}  // namespace

std::vector<Act> const& engine_acts()
{
    static std::vector<Act> const table{
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
    };
    return table;
}

}  // namespace keur::mocks
