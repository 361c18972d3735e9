#pragma once

#include "evidence/transcript.h"
#include "protocol/jose/jwt.h"

#include <string>
#include <vector>

namespace keur::judge {

// A JWT that was sent to the token endpoint, as a grant or to say which client asks; taken apart but not verified.
struct SentAssertion {
    Observation const* request = nullptr;
    jose::Jwt jwt;
};
// All that can be read, in the order in which they were sent.
[[nodiscard]] std::vector<SentAssertion> sent_assertions(Transcript const& seen,
                                                         std::string const& parameter = "assertion");

}  // namespace keur::judge
