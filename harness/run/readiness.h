#pragma once

#include "harness/scenario/client.h"
#include "harness/scenario/scenario.h"

#include <string>

namespace keur {

// What a client needs that this machine does not have (programs, files named in `needs`); empty when it can run.
[[nodiscard]] std::string what_is_missing(Client const& client);
// Fails at a system or flow that the client names and the catalogue does not have.
[[nodiscard]] Result<void> check_abilities(Client const& client, Catalogue const& catalogue);
// What to run once, as a shell takes it.
[[nodiscard]] std::string set_up_of(Client const& client);

}  // namespace keur
