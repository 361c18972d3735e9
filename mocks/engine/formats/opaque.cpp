#include "mocks/engine/state.h"
#include "mocks/engine/token_format.h"

namespace keur::mocks {

// Random text that means something to its issuer only.
TokenFormat opaque()
{
    return {.name = "opaque",
            .make = [](PlatformState& state, AccessTokenContent const&) { return state.random.token(32); }};
}

}  // namespace keur::mocks
