#include "clients/reference/grant.h"

#include <algorithm>
#include <utility>

namespace keur::reference {

namespace {

std::unexpected<Error> not_signed_in()
{
    return fail("Loket", "there is no connection with Loket (any more)", "sign in");
}

// When to stop using a token: a little before its end, so that it does not expire on the way.
TimePoint end_of_use(std::chrono::seconds lifetime)
{
    constexpr std::chrono::seconds margin{5};
    return SystemClock().now() + lifetime - std::min(margin, lifetime / 10);
}

}  // namespace

void Grant::take(oauth::TokenResponse const& tokens)
{
    access_token_ = tokens.access_token;
    taken_at_ = SystemClock().now();
    granted_scope_ = tokens.scope.value_or("");
    expires_at_.reset();
    if (tokens.expires_in) expires_at_ = end_of_use(*tokens.expires_in);
    bool const keeps_old = flaws_.has(Flaw::old_refresh_token) && !refresh_token_.empty();
    if (tokens.refresh_token && !keeps_old) refresh_token_ = *tokens.refresh_token;
    if (!tokens.refresh_token && flaws_.has(Flaw::refresh_token_forgotten)) refresh_token_.clear();
}

Result<void> Grant::redeem(Wire& wire, Redemption const& redemption)
{
    std::scoped_lock const lock(mutex_);
    if (!flaws_.has(Flaw::code_redeemed_late)) return redeem_locked(wire, redemption);
    unredeemed_ = redemption;
    return {};
}

Result<void> Grant::redeem_locked(Wire& wire, Redemption const& redemption)
{
    access_token_.clear();
    refresh_token_.clear();
    auto const tokens = endpoint_.redeem(wire, redemption);
    if (!tokens) return std::unexpected(tokens.error().error);
    take(*tokens);
    return {};
}

bool Grant::is_usable() const
{
    if (access_token_.empty()) return false;
    return !expires_at_ || SystemClock().now() < *expires_at_ || flaws_.has(Flaw::expires_in_ignored);
}

// The answer to a refresh token that works no longer: invalid_grant as RFC 6749 has it, invalid_request at ACM/IDM.
bool Grant::is_end_of_refreshing(std::string const& code) const
{
    if (code == "invalid_grant") return !flaws_.has(Flaw::invalid_grant_ignored);
    return code == "invalid_request" && !flaws_.has(Flaw::refresh_refusal_ignored);
}

Result<void> Grant::refresh_locked(Wire& wire)
{
    if (refresh_token_.empty()) return not_signed_in();
    auto const tokens = endpoint_.refresh(wire, refresh_token_);
    if (tokens) {
        take(*tokens);
        return {};
    }
    access_token_.clear();
    if (is_end_of_refreshing(tokens.error().code)) refresh_token_.clear();
    return std::unexpected(tokens.error().error);
}

// What a client does that does not know that its threads share a grant.
Result<std::string> Grant::refresh_alone(Wire& wire)
{
    auto const held = [&] {
        std::scoped_lock const lock(mutex_);
        return refresh_token_;
    }();
    auto const tokens = endpoint_.refresh(wire, held);
    std::scoped_lock const lock(mutex_);
    if (!tokens) return std::unexpected(tokens.error().error);
    take(*tokens);
    return tokens->access_token;
}

Result<std::string> Grant::usable_token(Wire& wire)
{
    if (is_usable()) return access_token_;
    if (auto const refreshed = refresh_locked(wire); !refreshed) return fail(refreshed);
    if (is_usable()) return access_token_;
    return fail("token endpoint", "Loket gave a token that has already expired",
                "set this machine's clock, or ask Loket");
}

Result<std::string> Grant::access_token(Wire& wire)
{
    std::unique_lock lock(mutex_);
    if (auto const late = std::exchange(unredeemed_, std::nullopt))
        if (auto const redeemed = redeem_locked(wire, *late); !redeemed) return fail(redeemed);
    if (flaws_.has(Flaw::refresh_token_at_api)) return refresh_token_;
    if (flaws_.has(Flaw::refreshes_side_by_side) && !is_usable() && !refresh_token_.empty()) {
        lock.unlock();
        return refresh_alone(wire);
    }
    return usable_token(wire);
}

Result<std::string> Grant::fresh_token(Wire& wire, std::chrono::seconds oldest)
{
    auto const token = access_token(wire);
    if (!token) return token;
    std::scoped_lock const lock(mutex_);
    if (SystemClock().now() - taken_at_ <= oldest || refresh_token_.empty()) return token;
    if (auto const refreshed = refresh_locked(wire); !refreshed) return fail(refreshed);
    return access_token_;
}

Result<std::string> Grant::access_token_other_than(Wire& wire, std::string const& refused)
{
    std::scoped_lock const lock(mutex_);
    if (access_token_ == refused) access_token_.clear();
    return usable_token(wire);
}

Result<oauth::TokenResponse> Grant::tokens_for(Wire& wire, std::string const& resource)
{
    std::scoped_lock const lock(mutex_);
    if (refresh_token_.empty()) return not_signed_in();
    auto tokens = endpoint_.refresh(wire, refresh_token_, resource);
    if (!tokens) return std::unexpected(tokens.error().error);
    if (tokens->refresh_token) refresh_token_ = *tokens->refresh_token;
    return std::move(*tokens);
}

Result<void> Grant::refresh(Wire& wire)
{
    std::scoped_lock const lock(mutex_);
    return refresh_locked(wire);
}

std::string Grant::forget()
{
    std::scoped_lock const lock(mutex_);
    auto const worth_most = refresh_token_.empty() ? access_token_ : refresh_token_;
    if (flaws_.has(Flaw::revoked_token_kept)) return worth_most;
    access_token_.clear();
    refresh_token_.clear();
    return worth_most;
}

void Grant::give_up(std::string const& access_token)
{
    std::scoped_lock const lock(mutex_);
    if (access_token_ == access_token) access_token_.clear();
}

}  // namespace keur::reference
