#include "mocks/engine/authentication.h"

namespace keur::mocks {

// A public client says its client_id and proves nothing (RFC 6749 §3.2.1).
AuthenticationMethod none()
{
    return {.name = "none", .registered_as = "none", .used = is_public, .prove = named_client};
}

}  // namespace keur::mocks
