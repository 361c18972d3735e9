#include "mocks/burgerprofiel/portal.h"

#include "mocks/engine/answers.h"
#include "mocks/engine/member.h"
#include "mocks/engine/pages.h"
#include "mocks/engine/state.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::mocks::burgerprofiel {

namespace {

constexpr std::array text_names{"signed-in-title", "signed-in",        "signed-out-title",
                                "signed-out",      "signed-off-title", "signed-off"};

std::string filled(std::string text, std::string const& user)
{
    constexpr std::string_view name = "{user}";
    if (auto const at = text.find(name); at != std::string::npos) text.replace(at, name.size(), user);
    return text;
}

http::Response show(PlatformState& state, std::string const& what, std::string const& user = {})
{
    auto const& texts = part_of(state).texts;
    auto const& title = texts.at(what + "-title");
    return page(
        state, 200,
        {.title = title,
         .body = fmt::format("<h1>{}</h1>\n<p>{}</p>\n", escape_html(title), escape_html(filled(texts.at(what), user))),
         .returns = {}});
}

// The user whom this token signs in, now and only now; empty when it is no good (any more).
std::string redeem(PlatformState& state, std::string const& value)
{
    auto& known = state_of(state).temporary;
    auto const found = known.find(value);
    if (found == known.end() || found->second.used || found->second.expires <= state.clock.now()) return {};
    found->second.used = true;
    bury(state, value);
    return found->second.user;
}

}  // namespace

PortalPart const& part_of(PlatformState const& state)
{
    return dynamic_cast<PortalPart const&>(*state.blueprint.part);
}

PortalState& state_of(PlatformState& state)
{
    return dynamic_cast<PortalState&>(*state.system);
}

Result<std::shared_ptr<SystemPart const>> load_portal(Yaml const& document)
{
    auto const portal = map_of(document, "portal");
    if (!portal) return fail(portal);
    auto made = std::make_shared<PortalPart>();
    std::vector<std::string> known{"client"};
    known.insert(known.end(), text_names.begin(), text_names.end());
    if (auto right = portal->only("portal", known); !right) return fail(right);
    auto client = text_of(*portal, "client");
    if (!client) return fail(client);
    made->client = std::move(*client);
    for (auto const* name : text_names) {
        auto text = text_of(*portal, name);
        if (!text) return fail(text);
        made->texts[name] = std::move(*text);
    }
    return std::shared_ptr<SystemPart const>(std::move(made));
}

http::Response landing_page(PlatformState& state, Exchange const& exchange)
{
    auto const user = exchange.party == "landing" ? redeem(state, exchange.query.get("token")) : std::string();
    auto const* const known = state.user(user);
    return known == nullptr ? show(state, "signed-out") : show(state, "signed-in", known->person->full_name);
}

http::Response logout(PlatformState& state, Exchange const& exchange)
{
    auto const client = exchange.query.get("client_id");
    auto const returns = exchange.query.get("post_logout_redirect_uri");
    if (!returns.empty() && client.empty())
        return error_page(state, 400, state.text("cannot-continue"), state.text("missing-client"));
    if (!client.empty() && state.client(client) == nullptr)
        return error_page(state, 400, state.text("cannot-continue"), state.text("unknown-client"));
    state.sessions.browsers.clear();
    return show(state, "signed-off");
}

}  // namespace keur::mocks::burgerprofiel
