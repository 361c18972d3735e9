#pragma once

#include "harness/scenario/client.h"

#include <string>

namespace keur {

// What a client needs that this machine does not have (programs, files named in `needs`); empty when it can run.
[[nodiscard]] std::string what_is_missing(Client const& client);

}  // namespace keur
