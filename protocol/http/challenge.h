#pragma once

#include "protocol/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keur::http {

// One challenge of a WWW-Authenticate field (RFC 9110 §11.6.1).
struct Challenge {
    std::string scheme;   // as written; compare with same_name
    std::string token68;  // empty when there are parameters instead
    std::vector<std::pair<std::string, std::string>> parameters;

    [[nodiscard]] std::optional<std::string> find(std::string_view name) const;

    bool operator==(Challenge const&) const = default;
};

// Reads a field value with any number of challenges. Fails on text that is none, and on a parameter that a challenge
// has twice.
[[nodiscard]] Result<std::vector<Challenge>> parse_challenges(std::string_view value);
// The challenge as a field value, every parameter in quotes.
[[nodiscard]] std::string to_text(Challenge const& challenge);

}  // namespace keur::http
