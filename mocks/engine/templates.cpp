#include "mocks/engine/templates.h"

#include "mocks/engine/authentication.h"
#include "mocks/engine/logout.h"
#include "mocks/engine/state.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace keur::mocks {

namespace {

// Calls `value_of` for the name of each template and puts its answer there; what it gave is not looked at again.
template <class ValueOf>
std::string filled(std::string text, ValueOf value_of)
{
    for (auto from = text.find("${"); from != std::string::npos;) {
        auto const to = text.find('}', from);
        if (to == std::string::npos) break;
        std::string const value = value_of(text.substr(from + 2, to - from - 2));
        text.replace(from, to + 1 - from, value);
        from = text.find("${", from + value.size());
    }
    return text;
}

std::string address_of(PlatformState const& state, std::string const& name)
{
    if (name.starts_with("origin.")) return state.origin(name.substr(7));
    if (name.starts_with("endpoint.")) return state.address(name.substr(9));
    return {};
}

std::string switch_as_text(SwitchValues const& switches, std::string const& path)
{
    if (!switches.has(path)) return {};
    auto const& value = switches.value(path);
    return value.is_string() ? value.get<std::string>() : to_line(value);
}

// A client that is registered for one way of saying who it is holds nothing for another.
bool has_use_for(PlatformState const& state, std::string_view method)
{
    auto const& registered = state.switches.text("client-authentication.registered");
    return registered == "any" || registered.starts_with(method);
}

std::string value_of(PlatformState const& state, std::string const& name)
{
    if (name == "client.id") return state.under_test->id;
    if (name == "client.authentication") return registered_authentication(state);
    if (name == "client.secret") return has_use_for(state, "client_secret") ? state.told_secret : "";
    bool const has_key = state.told_key && has_use_for(state, "private_key_jwt");
    if (name == "client.private-key") return has_key ? state.told_key->jwk.key()->private_pem() : "";
    if (name == "client.key-id") return has_key ? state.told_key->jwk.kid : "";
    if (name == "redirect-uri") return state.options.redirect_uri;
    if (name == "back-channel-logout-uri") return logout_address(state, back_channel_logout);
    if (name == "front-channel-logout-uri") return logout_address(state, front_channel_logout);
    if (name == "issuer") return state.issuer();
    if (name.starts_with("switch.")) return switch_as_text(state.switches, name.substr(7));
    if (name.starts_with("client.") && name.ends_with(".id")) {
        auto const* const client = state.client_named(std::string_view(name).substr(7, name.size() - 10));
        return client == nullptr ? std::string() : client->id;
    }
    return address_of(state, name);
}

// All templates there can be on platforms of this blueprint.
std::vector<std::string> known_templates(Blueprint const& blueprint, std::vector<std::string> const& parties)
{
    std::vector<std::string> known{"client.id",
                                   "client.secret",
                                   "client.authentication",
                                   "client.private-key",
                                   "client.key-id",
                                   "redirect-uri",
                                   "issuer",
                                   "origin.attacker",
                                   "back-channel-logout-uri",
                                   "front-channel-logout-uri"};
    for (auto const& party : parties) known.push_back("origin." + party);
    for (auto const& endpoint : blueprint.endpoints) known.push_back("endpoint." + endpoint.name);
    for (auto const& client : blueprint.registrations) known.push_back("client." + client.name + ".id");
    for (auto const* row : switches_of(blueprint.system)) known.push_back("switch." + row->path);
    return known;
}

Result<void> check_text(Yaml const& text, std::vector<std::string> const& known)
{
    std::optional<std::string> unknown;
    filled(text.scalar, [&](std::string const& name) {
        if (!unknown && std::ranges::find(known, name) == known.end()) unknown = name;
        return std::string();
    });
    if (unknown) return std::unexpected(unknown_name(text.at(), "template", *unknown, known));
    return {};
}

Result<void> check(Yaml const& value, std::vector<std::string> const& known)
{
    if (value.is_scalar()) return check_text(value, known);
    for (auto const& [name, member] : value.members)
        if (auto right = check(member, known); !right) return right;
    for (auto const& item : value.items)
        if (auto right = check(item, known); !right) return right;
    return {};
}

}  // namespace

std::string with_templates(PlatformState const& state, std::string text)
{
    return filled(std::move(text), [&](std::string const& name) { return value_of(state, name); });
}

Json with_templates(PlatformState const& state, Json const& value)
{
    if (value.is_string()) return with_templates(state, value.get<std::string>());
    if (!value.is_structured()) return value;
    auto made = value;
    for (auto& item : made) item = with_templates(state, item);
    return made;
}

std::string with_addresses(PlatformState const& state, std::string text)
{
    return filled(std::move(text), [&](std::string const& name) { return address_of(state, name); });
}

Result<void> check_templates(Yaml const& value, Blueprint const& blueprint, std::vector<std::string> const& parties)
{
    return check(value, known_templates(blueprint, parties));
}

}  // namespace keur::mocks
