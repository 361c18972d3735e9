#include "mocks/engine/client_settings.h"

#include "mocks/engine/mutual_tls.h"
#include "mocks/engine/state.h"
#include "mocks/engine/templates.h"

namespace keur::mocks {

Json settings_for_client(PlatformState const& state)
{
    auto settings = with_templates(state, state.blueprint.settings);
    tell_mutual_tls(state, settings);
    auto const* system = state.blueprint.system;
    if (system != nullptr && system->settle) system->settle(state, settings);
    return settings;
}

}  // namespace keur::mocks
