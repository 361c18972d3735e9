#pragma once

#include "protocol/x509/key.h"

#include <cstddef>
#include <functional>

namespace keur::bench {

using Act = std::function<void()>;

// How often each of two can be done in a second of processor time. They take turns, so that what slows the machine for a
// while slows both.
struct Rates {
    double act;
    double yardstick;
};
[[nodiscard]] Rates rates(Act const& act, Act const& yardstick);

// OpenSSL alone: digests and signs a text of that size with a key that is loaded.
[[nodiscard]] Act raw_signing(x509::KeyRecipe recipe, std::size_t octets);

}  // namespace keur::bench
