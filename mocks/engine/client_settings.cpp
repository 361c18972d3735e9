#include "mocks/engine/client_settings.h"

#include "mocks/engine/state.h"

namespace keur::mocks {

namespace {

std::string value_of(PlatformState const& state, std::string const& name)
{
    if (name == "client.id") return state.under_test->id;
    if (name == "client.secret") return state.told_secret;
    if (name == "client.private-key") return state.told_key ? state.told_key->jwk.key()->private_pem() : "";
    if (name == "client.key-id") return state.told_key ? state.told_key->jwk.kid : "";
    if (name == "redirect-uri") return state.options.redirect_uri;
    if (name == "issuer") return state.issuer();
    if (name.starts_with("switch.")) return state.switches.text(name.substr(7));
    if (name.starts_with("client.") && name.ends_with(".id")) {
        auto const* const client = state.client_named(std::string_view(name).substr(7, name.size() - 10));
        return client == nullptr ? std::string() : client->id;
    }
    if (name.starts_with("origin.")) return state.origin(name.substr(7));
    if (name.starts_with("endpoint.")) return state.address(name.substr(9));
    return {};
}

}  // namespace

Json with_templates(PlatformState const& state, Json const& value)
{
    if (value.is_string()) return with_templates(state, value.get<std::string>());
    if (!value.is_structured()) return value;
    auto made = value;
    for (auto& item : made) item = with_templates(state, item);
    return made;
}

std::string with_templates(PlatformState const& state, std::string text)
{
    for (auto from = text.find("${"); from != std::string::npos;) {
        auto const to = text.find('}', from);
        if (to == std::string::npos) break;
        auto const value = value_of(state, text.substr(from + 2, to - from - 2));
        text.replace(from, to + 1 - from, value);
        from = text.find("${", from + value.size());
    }
    return text;
}

Json settings_for_client(PlatformState const& state)
{
    auto settings = with_templates(state, state.blueprint.settings);
    auto const* system = state.blueprint.system;
    if (system != nullptr && system->settle) system->settle(state, settings);
    return settings;
}

}  // namespace keur::mocks
