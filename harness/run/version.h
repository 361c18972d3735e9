#pragma once

#include "harness/scenario/client.h"

#include <string>

namespace keur {

// The version of a client as its client.yaml says it: a text, or what a command prints first. Empty when that fails.
[[nodiscard]] std::string client_version(Client const& client);

}  // namespace keur
