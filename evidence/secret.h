#pragma once

#include "evidence/secret_search.h"
#include "protocol/base/clock.h"

#include <limits>
#include <map>
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
    // Adds a secret and names it. A value that is already known keeps its entry. The reference holds until the next
    // add().
    Secret& add(std::string kind, std::string value, TimePoint issued);

    [[nodiscard]] Secret* find(std::string_view value);
    [[nodiscard]] Secret const* find(std::string_view value) const;
    [[nodiscard]] std::vector<Secret> const& all() const { return secrets_; }

    // A place in a text where a secret appears, in any of the encodings searched for.
    struct Sighting {
        std::string name;
        std::string kind;
        std::string encoding;  // plain, url, json, base64, base64url, hex
        std::size_t at = 0;
    };
    // Finds secrets in `text`: plain, percent-encoded in any manner, with the escapes of a JSON string, base64 in each
    // of its three alignments, hex in either case. Values shorter than 8 bytes are not searched for.
    [[nodiscard]] std::vector<Sighting> sightings(std::string_view text) const;

    // `text` with every secret, in each of these encodings, replaced by `‹name›`. Of a text longer than `limit` bytes
    // only so many are kept, and its length is told.
    [[nodiscard]] std::string masked(std::string_view text,
                                     std::size_t limit = std::numeric_limits<std::size_t>::max()) const;

private:
    [[nodiscard]] SecretSearch const& search() const;

    std::vector<Secret> secrets_;
    std::map<std::string, std::size_t, std::less<>> by_value_;
    std::map<std::string, int> issued_of_kind_;
    mutable SecretSearch search_;
    mutable std::size_t searchable_ = 0;  // so many of secrets_ are in search_
};

}  // namespace keur
