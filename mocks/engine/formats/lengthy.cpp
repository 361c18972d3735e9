#include "mocks/engine/state.h"
#include "mocks/engine/token_format.h"

namespace keur::mocks {

// Seven thousand characters, all kinds that RFC 6750 §2.1 allows among them: what fits into the 8 KiB of headers that many
// servers, and those here, take, with some left for the rest of a request.
TokenFormat lengthy()
{
    return {.name = "lengthy", .make = [](PlatformState& state, AccessTokenContent const&) {
                return state.random.token(5244) + "-._~+/==";
            }};
}

}  // namespace keur::mocks
