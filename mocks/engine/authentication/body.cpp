#include "mocks/engine/authentication.h"

namespace keur::mocks {

// client_id and client_secret among the form parameters (RFC 6749 §2.3.1).
AuthenticationMethod body()
{
    return {.name = "body",
            .registered_as = "client_secret_post",
            .used = [](PlatformState const&, Exchange const& exchange) { return exchange.form.has("client_secret"); },
            .prove =
                [](PlatformState& state, Exchange const& exchange) {
                    return with_secret(state, exchange.form.get("client_id"), exchange.form.get("client_secret"));
                }};
}

}  // namespace keur::mocks
