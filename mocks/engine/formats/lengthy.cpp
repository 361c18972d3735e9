#include "mocks/engine/state.h"
#include "mocks/engine/token_format.h"

namespace keur::mocks {

// Eight thousand characters, all kinds that RFC 6750 §2.1 allows among them.
TokenFormat lengthy()
{
    return {.name = "lengthy", .make = [](PlatformState& state, AccessTokenContent const&) {
                return state.random.token(5990) + "-._~+/==";
            }};
}

}  // namespace keur::mocks
