#pragma once

#include "mocks/engine/profile.h"

#include <string>
#include <string_view>

namespace keur {

// Member of the client's settings that tells it where that endpoint or party is, as the profile's own settings show
// (`"${endpoint.X}"`, `"${origin.X}/v2/"`); empty when they tell it nowhere.
[[nodiscard]] std::string told_in(mocks::Profile const& profile, std::string_view place);
// The party that an endpoint belongs to; a party is its own; empty when there is no such place.
[[nodiscard]] std::string party_of(mocks::Profile const& profile, std::string_view place);

}  // namespace keur
