#pragma once

#include "harness/run/workplace.h"
#include "harness/scenario/scenario.h"
#include "mocks/tls/case.h"
#include "protocol/net/tls.h"

#include <memory>
#include <optional>
#include <string>

namespace keur {

// The fault `tls`: one endpoint or party is reached at a port of its own, and the server there is as the case says until
// it is mended. Then the same port has its valid twin.
struct TlsTrick {
    std::string place;  // of the system's endpoints or parties
    std::string party;
    mocks::transport::Case what;
    std::shared_ptr<net::TlsServer const> flawed;
    std::shared_ptr<net::TlsServer const> good;

    [[nodiscard]] bool is_party() const { return place == party; }
    // The client finds everything else by it, so that it stays where the party is, and the rest moves.
    [[nodiscard]] bool is_metadata() const { return place == "metadata"; }
};

// Nothing when the play has no such fault.
[[nodiscard]] Result<std::optional<TlsTrick>> tls_trick_of(ScenarioCase const& play, mocks::Profile const& profile,
                                                           Certificates const& certificates);

}  // namespace keur
