#pragma once

#include "mocks/engine/oauth_error.h"
#include "protocol/base/clock.h"
#include "protocol/base/json.h"
#include "protocol/http/form.h"
#include "protocol/jose/jwt.h"

#include <expected>
#include <functional>
#include <string>
#include <vector>

namespace keur::mocks {

struct Client;
struct Family;
struct PlatformState;

// What can be wrong with a JWT that is sent as a grant (RFC 7523 §2.1).
enum class Objection {
    malformed,
    unknown_client,
    algorithm,
    unknown_key,
    key_expired,
    bad_certificate_header,
    untrusted_certificate,
    other_organisation,
    bad_signature,
    wrong_audience,
    missing_claim,
    unknown_claim,
    lives_too_long,
    issued_ahead,
    expired,
    used_before,
    scope_not_registered,
    scope_of_other_kind,
    scope_not_granted,
    not_delegated,
    own_organisation,
    unknown_detail_type,
    unknown_detail_field,
    bad_detail_value,
};

struct AssertionRefusal {
    Objection objection{};
    std::string detail;  // for the error_description
};
template <class T>
using Asserted = std::expected<T, AssertionRefusal>;

// A grant assertion whose signature is good.
struct GrantAssertion {
    std::string text;
    jose::Jwt jwt;
    Client* client = nullptr;
    bool by_certificate = false;  // x5c instead of kid
};

// What a system says of grants by assertion; a null member is answered by the engine.
struct AssertionGrant {
    // `RS256` …
    std::vector<std::string> algorithms;
    // How long a registered key can be used; zero: for ever.
    std::chrono::hours key_life{0};
    // The public key of a certificate chain (member x5c) that may speak for the client; null: x5c is not known here.
    std::function<Asserted<jose::Jwk>(PlatformState&, Client const&, Json const& x5c)> key_of_certificate;
    // Decides on the claims that are the system's own, and makes the family of tokens.
    std::function<Asserted<Family*>(PlatformState&, GrantAssertion const&)> decide;
    // The error it answers with.
    std::function<OAuthError(PlatformState&, AssertionRefusal const&)> word;
};

// The client that the assertion of a token request names; nothing of it is proven yet.
[[nodiscard]] Asserted<Client*> client_of_grant_assertion(PlatformState& state, http::Form const& form);
// Reads the assertion of a token request: its client, its key, its signature. Its claims are not looked at.
[[nodiscard]] Asserted<GrantAssertion> read_grant_assertion(PlatformState& state, http::Form const& form);
// Checks its audience and times and that it is new; from then on it is used up.
[[nodiscard]] Asserted<void> accept_grant_assertion(PlatformState& state, GrantAssertion const& assertion);

// The error of this system for it.
[[nodiscard]] OAuthError worded(PlatformState& state, AssertionRefusal const& refusal);

}  // namespace keur::mocks
