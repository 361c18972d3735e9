#include "mocks/engine/handlers.h"

namespace keur::mocks {

std::vector<HandlerRow> const& engine_handlers()
{
    static std::vector<HandlerRow> const table{
        {"authorize", authorize_endpoint},
        {"login", login_endpoint},
        {"consent", consent_endpoint},
        {"token", token_endpoint},
        {"metadata", metadata_endpoint},
        {"jwks", jwks_endpoint},
        {"par", pushed_authorization_endpoint},
        {"revocation", revocation_endpoint},
        {"introspection", introspection_endpoint},
        {"registration", registration_endpoint},
        {"userinfo", userinfo_endpoint},
        {"end-session", end_session_endpoint},
    };
    return table;
}

}  // namespace keur::mocks
