#include "mocks/engine/state.h"
#include "mocks/engine/system.h"
#include "mocks/nlgov/gateway.h"
#include "mocks/nlgov/rogue.h"

#include <array>

namespace keur::mocks {

namespace {

void extend(PlatformState& state)
{
    state.system = std::make_unique<nlgov::GatewayState>();
    for (auto const* party : {"api", "registry"}) state.refuse[party] = nlgov::problem;
    if (!state.switches.is("registration-by-clients", "initial-token")) return;
    state.initial_access_token = state.random.token(24);
    state.transcript.secrets.add("access-token", state.initial_access_token, state.clock.now());
}

// The addresses that a client finds in the metadata, by the names that both have.
constexpr std::array found_in_metadata{"authorization_endpoint", "token_endpoint", "revocation_endpoint",
                                       "pushed_authorization_request_endpoint", "mtls_endpoint_aliases"};

void point_to_rogue(PlatformState const& state, Json& settings)
{
    settings["issuer"] = state.origin("rogue");
    settings["authorization_endpoint"] = state.address("rogue-authorize");
    settings["token_endpoint"] = state.address("rogue-token");
    settings["metadata_endpoint"] = state.address("rogue-metadata");
    settings.erase("revocation_endpoint");
}

void tell_machine(Client const& machine, std::string const& authentication, Json& told)
{
    if (authentication.ends_with("tls_client_auth")) return;  // one certificate speaks for both
    if (authentication != "private_key_jwt" || machine.keys.empty()) {
        told["client_secret"] = machine.secret;
        return;
    }
    auto const& key = machine.keys.back().jwk;
    told["private_key"] = key.key()->private_pem();
    told["key_id"] = key.kid;
}

// What the client registers by itself it is not told; its key it has made itself.
void leave_registration_out(PlatformState const& state, Json& settings)
{
    for (auto const* name : {"client_id", "client_secret"}) settings.erase(name);
    if (!state.initial_access_token.empty()) settings["initial_access_token"] = state.initial_access_token;
}

// An operation has its token either by a refresh or by an exchange.
void tell_exchanges(bool are_used, Json& settings)
{
    auto const resources = settings.find("resources");
    if (are_used && resources != settings.end())
        for (auto const& [operation, resource] : settings["exchanges"].items()) resources->erase(operation);
    if (!are_used) settings.erase("exchanges");
}

void settle(PlatformState const& state, Json& settings)
{
    auto const& switches = state.switches;
    auto const authentication = text_member(settings, "client_authentication");
    if (authentication == "private_key_jwt")
        settings["assertion_audience"] =
            switches.is("client-assertion.audience", "issuer") ? "issuer" : "token_endpoint";
    if (auto const* machine = state.client_named("machine"))
        tell_machine(*machine, authentication, settings["machine"]);
    settings["authorization_response_iss_parameter_supported"] = switches.is("authorization.iss", "sent");
    settings["dpop_bound_access_tokens"] = switches.is("dpop", "required");
    if (switches.is("authorization.pushed", "off")) settings.erase("pushed_authorization_request_endpoint");
    if (switches.is("resource-indicators", "ignored")) settings.erase("resources");
    tell_exchanges(switches.is("second-api.token-by", "exchange"), settings);
    if (static_cast<nlgov::GatewayState const&>(*state.system).is_rogue_told) point_to_rogue(state, settings);
    bool const registers = !switches.is("registration-by-clients", "off") && state.registered.empty();
    if (registers) leave_registration_out(state, settings);
    if (!registers) settings.erase("registration_endpoint");
    if (switches.is("configured-by", "addresses")) {
        settings.erase("metadata_endpoint");
        return;
    }
    settings.erase("authorization_response_iss_parameter_supported");
    for (auto const* name : found_in_metadata) settings.erase(name);
}

}  // namespace

System endpoints_nlgov()
{
    return {
        .name = "nlgov",
        .handlers = {{"resource", nlgov::resource},
                     {"rogue-authorize", nlgov::rogue_authorize},
                     {"rogue-token", nlgov::rogue_token},
                     {"rogue-metadata", nlgov::rogue_metadata}},
        .switches = {choice("configured-by", "whether the client is told addresses or where the metadata is",
                            {"addresses", "metadata"}),
                     choice("second-api.token-by", "how the client is told to get a token for its second API",
                            {"refresh", "exchange"}),
                     text("endpoints.query", "a query that the addresses of the authorization server have already"),
                     count("gateway.calls-a-minute", "how often a client may call the gateway in a minute; 0: any", 0,
                           1000)},
        .acts = {{"idp",
                  "replace-by-rogue",
                  "the client is told to use another authorization server, which has turned bad",
                  {},
                  [](PlatformState& state, Yaml const&) { nlgov::changing(state).is_rogue_told = true; }}},
        .sections = nlgov::gateway_sections(),
        .load = nlgov::load_gateway,
        .extend = extend,
        .settle = settle,
        .claims = {},
        .assertion_grant = {},
    };
}

}  // namespace keur::mocks
