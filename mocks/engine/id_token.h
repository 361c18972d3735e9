#pragma once

#include "mocks/engine/session.h"
#include "mocks/engine/tokens.h"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace keur::mocks {

struct PlatformState;

// What an ID Token says of the sign-in itself: when, how well attested, in which session (auth_time, acr, sid).
[[nodiscard]] Json identity_of(PlatformState const& state, Interaction const& interaction);

// The ID Token of a sign-in (OpenID Connect Core §2); empty when the scope has no `openid` or nobody signed in. It says
// what the switch `id-token.claims` lists; without a nonce when that is empty, as on refresh (§12.2).
[[nodiscard]] std::string make_id_token(PlatformState& state, Family const& family, std::string const& nonce,
                                        std::string const& access_token);

// What a client may know a user by: the same in every sign-in, and no name.
[[nodiscard]] std::string subject_of(Family const& family);

// How an ID Token is changed.
struct ClaimChange {
    Json set = Json::object();
    std::vector<std::string> remove;
    std::map<std::string, std::chrono::seconds> shift;  // of times, from what they are
};
// The same ID Token with other claims, signed again with the key that it names.
[[nodiscard]] Result<std::string> sign_again(std::string const& id_token, ClaimChange const& change);

}  // namespace keur::mocks
