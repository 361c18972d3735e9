#include "mocks/engine/authorization_response.h"

#include "mocks/engine/id_token.h"
#include "mocks/engine/response_mode.h"
#include "mocks/engine/state.h"

namespace keur::mocks {

namespace {

// Who answers, so that no other server's answer is taken for it (RFC 9207 §2).
void name_issuer(PlatformState const& state, http::Form& parameters)
{
    if (state.switches.is("authorization.iss", "sent")) parameters.add("iss", state.issuer());
}

}  // namespace

http::Response return_code(PlatformState& state, Interaction const& interaction, std::string const& user)
{
    state.consents.emplace(interaction.client_id, user);
    auto& family = new_family(state, interaction.client_id, user, interaction.scope);
    family.identity = identity_of(state, interaction);
    family.resources = interaction.resources;
    auto const code = issue_code(state, {.family = family.id,
                                         .client_id = interaction.client_id,
                                         .redirect_uri = interaction.redirect_uri,
                                         .nonce = interaction.nonce,
                                         .challenge = interaction.challenge,
                                         .challenge_method = interaction.challenge_method,
                                         .expires = state.clock.now() + state.switches.duration("code.lifetime")});
    bool const state_first = state.switches.is("authorization.response-order", "state-first");
    http::Form parameters;
    if (interaction.has_state && state_first) parameters.add("state", interaction.state);
    parameters.add("code", code);
    if (interaction.has_state && !state_first) parameters.add("state", interaction.state);
    name_issuer(state, parameters);
    return bring_back(state, interaction, parameters);
}

http::Response return_error(PlatformState& state, Interaction const& interaction, std::string const& error,
                            std::string const& description)
{
    http::Form parameters{{"error", error}};
    if (!description.empty()) parameters.add("error_description", description_of(description));
    if (interaction.has_state) parameters.add("state", interaction.state);
    name_issuer(state, parameters);
    return bring_back(state, interaction, parameters);
}

}  // namespace keur::mocks
