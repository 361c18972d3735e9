#pragma once

#include "protocol/base/clock.h"

#include <optional>
#include <string>
#include <vector>

namespace keur {

// One secret keur handed out: a canary, unique in the run, so that finding it anywhere says whose it is.
struct Secret {
    // code, access-token, refresh-token, client-secret, code-verifier, password, session
    std::string kind;
    std::string
        name;  // `access-token-2`: kind and number in the order of issue; what records show instead of the value
    std::string value;
    std::string client_id;  // to whom it was issued; empty when to nobody in particular
    TimePoint issued{};
    std::optional<TimePoint> expires;
    std::string replaced_by;              // name of the secret that superseded it (a rotated refresh token), or empty
    std::optional<TimePoint> dead_since;  // revoked, rotated away or used up
};

// Everything secret in one scenario, in the order of issue.
class SecretLedger {
public:
    // Adds a secret and names it. A value that is already known keeps its entry.
    Secret& add(std::string kind, std::string value, TimePoint issued);

    [[nodiscard]] Secret* find(std::string_view value);
    [[nodiscard]] Secret const* find(std::string_view value) const;
    [[nodiscard]] std::vector<Secret> const& all() const { return secrets_; }

    // A place in a text where a secret appears, in any of the encodings searched for.
    struct Sighting {
        std::string name;
        std::string kind;
        std::string encoding;  // plain, url, base64, base64url, hex
        std::size_t at = 0;
    };
    // Finds secrets in `text`: plain, percent-encoded, base64 in each of its three alignments, hex in either case.
    // Values shorter than 8 bytes are not searched for.
    [[nodiscard]] std::vector<Sighting> sightings(std::string_view text) const;

    // `text` with every secret, in each of these encodings, replaced by `‹name›`.
    [[nodiscard]] std::string masked(std::string_view text) const;

private:
    std::vector<Secret> secrets_;
};

}  // namespace keur
