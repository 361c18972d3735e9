#pragma once

#include "clients/reference/token_endpoint.h"

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace keur::reference {

// The registration with which this program acts on its own behalf (RFC 6749 §4.4), beside the one for its users: its id,
// its secret, its scope, its operations.
class OwnAccount {
public:
    OwnAccount(Settings const& settings, Flaws const& flaws, RelyingParty& relying_party);
    [[nodiscard]] bool is_for(std::string const& operation) const { return operations_.contains(operation); }
    // A token that has not expired; asks for one when there is none.
    [[nodiscard]] Result<std::string> access_token(Wire& wire);
    // Uses this token no more.
    void give_up(std::string const& access_token);

private:
    [[nodiscard]] http::Form request() const;
    [[nodiscard]] bool is_usable() const;

    Flaws const& flaws_;
    Settings settings_;
    TokenEndpoint endpoint_;
    std::set<std::string> operations_;
    std::mutex mutex_;
    std::string token_;
    std::string refresh_token_;  // for Flaw::own_account_refreshes
    std::optional<TimePoint> until_;
};

}  // namespace keur::reference
