#pragma once

#include "protocol/http/form.h"

#include <string>

namespace keur::mocks {

struct Client;
struct PlatformState;

// What is told to the client about its authorization request: by redirect, or in the answer to a pushed one.
struct RequestRefusal {
    std::string error;  // empty: there is none
    std::string description;
};

// What is wrong with a request whose client and redirect URI are right (RFC 6749 §4.1.2.1).
[[nodiscard]] RequestRefusal fault_of_request(PlatformState const& state, Client const& client,
                                              http::Form const& request);

}  // namespace keur::mocks
