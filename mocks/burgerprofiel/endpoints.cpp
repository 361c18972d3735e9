#include "mocks/burgerprofiel/portal.h"
#include "mocks/engine/state.h"
#include "mocks/engine/system.h"

namespace keur::mocks {

namespace {

void forget_tokens(PlatformState& state, Yaml const&)
{
    for (auto const& [id, family] : state.issued.families)
        if (!family.audience.empty()) revoke(state, id);
}

void extend(PlatformState& state)
{
    state.system = std::make_unique<burgerprofiel::PortalState>();
}

}  // namespace

System endpoints_burgerprofiel()
{
    return {
        .name = "burgerprofiel",
        .handlers = {{"hand-over", burgerprofiel::hand_over},
                     {"landing-page", burgerprofiel::landing_page},
                     {"logout", burgerprofiel::logout},
                     {"elsewhere", burgerprofiel::elsewhere}},
        .switches = {text("scope", "the scopes of the integration file that the client is told to ask for"),
                     duration("temporary-token.lifetime", "how long a temporary token can sign a user in"),
                     choice("temporary-token.alphabet", "characters of a temporary token", {"url-safe", "base64"}),
                     text("landing.page", "path (and query) of the page that the user is to land on")},
        .acts =
            {{"mbp", "forget-tokens", "the exchanged tokens that were issued so far stop working", {}, forget_tokens}},
        .sections = {"portal"},
        .load = burgerprofiel::load_portal,
        .extend = extend,
    };
}

}  // namespace keur::mocks
