#pragma once

#include "evidence/transcript.h"
#include "protocol/base/yaml.h"

#include <string>
#include <string_view>
#include <vector>

namespace keur::judge {

// A request and the answer it got, if any.
struct Exchange {
    Observation const* request = nullptr;
    Observation const* response = nullptr;  // null: none was made

    // Status of the answer; 0 without one.
    [[nodiscard]] int status() const;
    // When the answer had left, on the scenario's clock; the moment of the request when there is none.
    [[nodiscard]] TimePoint answered() const;
};

// Whether it was seen at that endpoint or by that party.
[[nodiscard]] bool stands_at(Observation const& seen, std::string_view endpoint_or_party);

// All exchanges at an endpoint or with a party, or all there are, in the order of the requests.
[[nodiscard]] std::vector<Exchange> exchanges(Transcript const& seen, std::string_view endpoint_or_party = {});

// A field as text; empty when there is none.
[[nodiscard]] std::string text_at(Observation const& seen, std::string_view path);

// The secret of that kind in the Authorization header of a request; null when there is none keur knows.
[[nodiscard]] Secret const* bearer(Observation const& request, Transcript const& seen);

// True when keur gave the client a new command, or its user went on, after the first and before the second observation:
// what follows is then not the client's own idea.
[[nodiscard]] bool was_told_between(Transcript const& seen, int first, int second);

// The authorization request whose answer carried `code` back to the client; null when it cannot be told.
[[nodiscard]] Observation const* authorization_of(std::string const& code, Observation const& token_request,
                                                  Transcript const& seen);

// A token request that redeems a code, and the authorization request that the code answers.
struct Redemption {
    Observation const* authorization = nullptr;
    Observation const* token_request = nullptr;
};
// All of them whose authorization request can be told.
[[nodiscard]] std::vector<Redemption> redemptions(Transcript const& seen);

// For checks that take no `with:`.
[[nodiscard]] Result<void> takes_nothing(Yaml const& with);
// For checks whose `with:` has one member, a list of kinds of secrets.
[[nodiscard]] Result<void> takes_kinds(Yaml const& with);
[[nodiscard]] std::vector<std::string> kinds_of(Yaml const& with, std::vector<std::string> otherwise);

}  // namespace keur::judge
