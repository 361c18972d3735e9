#pragma once

#include "protocol/x509/key.h"

#include <cstddef>
#include <functional>

namespace keur::bench {

// How often `act` can be done in a second.
[[nodiscard]] double rate(std::function<void()> const& act);

// OpenSSL alone: how often in a second it digests and signs a text of that size with a key that is loaded.
[[nodiscard]] double raw_signing_rate(x509::KeyRecipe recipe, std::size_t octets);

}  // namespace keur::bench
