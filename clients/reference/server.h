#pragma once

#include "clients/reference/wire.h"

namespace keur::reference {

// What this program has to find out before it can work: the addresses of its authorization server from the server's own
// metadata (RFC 8414), and a client id by registering itself (RFC 7591), where the settings do not tell them.
class Server {
public:
    Server(Settings& settings, Flaws const& flaws) : settings_(settings), flaws_(flaws) {}
    // Completes the settings. Fails when the metadata is that of another issuer, or names an address that is not https.
    [[nodiscard]] Result<void> learn(Wire& wire);

private:
    [[nodiscard]] Result<void> read_metadata(Wire& wire);
    [[nodiscard]] Result<void> take(Json const& metadata);
    [[nodiscard]] Result<void> register_self(Wire& wire);
    [[nodiscard]] Json registration() const;

    Settings& settings_;
    Flaws const& flaws_;
    TimePoint good_until_{};
};

}  // namespace keur::reference
