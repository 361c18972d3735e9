#pragma once

#include "mocks/engine/fault.h"
#include "protocol/base/json.h"

#include <map>
#include <string>

namespace keur::mocks {

// Values for `${name}` in the arguments of a fault.
using FaultWords = std::map<std::string, std::string>;

// `${origin.PARTY}` for every party that listens, the attacker among them.
[[nodiscard]] FaultWords origins_in(FaultedReply const& faulted);

// A value with these filled in, in each of its texts.
[[nodiscard]] Json filled_in(Json value, FaultWords const& words);

}  // namespace keur::mocks
