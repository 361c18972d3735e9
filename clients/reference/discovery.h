#pragma once

#include "clients/reference/machine_settings.h"
#include "clients/reference/wire.h"

#include <optional>
#include <string>

namespace keur::reference {

// What the authorization server publishes of itself (RFC 8414), kept for a day.
class Discovery {
public:
    Discovery(MachineSettings const& settings, Flaws const& flaws) : settings_(settings), flaws_(flaws) {}

    struct Server {
        std::string issuer;
        std::string token_endpoint;
    };
    // From the settings, or read from the metadata when they name no token endpoint. Fails when the metadata is that of
    // another issuer, or names a token endpoint elsewhere.
    [[nodiscard]] Result<Server> server(Wire& wire);

private:
    [[nodiscard]] Result<Server> read(Wire& wire) const;

    MachineSettings const& settings_;
    Flaws const& flaws_;
    std::optional<Server> known_;
    TimePoint good_until_{};
};

}  // namespace keur::reference
