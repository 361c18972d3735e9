#pragma once

#include "clients/reference/token_endpoint.h"

#include <chrono>
#include <mutex>
#include <optional>
#include <string>

namespace keur::reference {

// What Loket granted: the tokens of one connection, shared by all threads. One refresh at a time; who comes later finds
// the new token.
class Grant {
public:
    Grant(TokenEndpoint const& endpoint, Flaws const& flaws) : endpoint_(endpoint), flaws_(flaws) {}

    [[nodiscard]] Result<void> redeem(Wire& wire, Redemption const& redemption);
    // An access token that has not expired; refreshes first when it has.
    [[nodiscard]] Result<std::string> access_token(Wire& wire);
    // A token other than `refused`, which the API did not take.
    [[nodiscard]] Result<std::string> access_token_other_than(Wire& wire, std::string const& refused);
    // An access token that is no older than that; without a refresh token, one that has not expired.
    [[nodiscard]] Result<std::string> fresh_token(Wire& wire, std::chrono::seconds oldest);
    // An access token for another API than the usual one, by a refresh (RFC 8707 §2.2).
    [[nodiscard]] Result<oauth::TokenResponse> tokens_for(Wire& wire, std::string const& resource);
    // Refreshes whether that is needed or not.
    [[nodiscard]] Result<void> refresh(Wire& wire);
    // Ends the connection; what is to be given back then: the refresh token, else the access token.
    std::string forget();
    // What was granted, as the server said it; empty when it said nothing.
    [[nodiscard]] std::string granted_scope() const { return granted_scope_; }
    // Uses this access token no more.
    void give_up(std::string const& access_token);

private:
    [[nodiscard]] bool is_usable() const;
    [[nodiscard]] bool is_end_of_refreshing(std::string const& code) const;
    [[nodiscard]] Result<std::string> usable_token(Wire& wire);
    [[nodiscard]] Result<void> redeem_locked(Wire& wire, Redemption const& redemption);
    [[nodiscard]] Result<void> refresh_locked(Wire& wire);
    [[nodiscard]] Result<std::string> refresh_alone(Wire& wire);
    void take(oauth::TokenResponse const& tokens);

    TokenEndpoint const& endpoint_;
    Flaws const& flaws_;
    std::mutex mutex_;
    std::string access_token_;  // empty when there is none
    std::string refresh_token_;
    std::string granted_scope_;
    std::optional<TimePoint> expires_at_;
    TimePoint taken_at_{};                  // when the access token came
    std::optional<Redemption> unredeemed_;  // for Flaw::code_redeemed_late
};

}  // namespace keur::reference
