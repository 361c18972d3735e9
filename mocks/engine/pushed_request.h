#pragma once

#include "protocol/base/clock.h"
#include "protocol/base/result.h"
#include "protocol/http/form.h"

#include <string>

namespace keur::mocks {

struct Client;
struct PlatformState;

// An authorization request that a client sent ahead of the browser (RFC 9126).
struct PushedRequest {
    std::string client_id;
    http::Form parameters;
    TimePoint expires{};
};

// Keeps the request for the lifetime that the profile gives it; returns its request_uri.
[[nodiscard]] std::string push(PlatformState& state, Client const& client, http::Form parameters);
// The request behind the request_uri of an authorization request, which is used up by this (RFC 9126 §4). Fails with
// what is wrong: it is not known, was used, has expired or belongs to another client.
[[nodiscard]] Result<http::Form> pushed_parameters(PlatformState& state, http::Form const& query);

}  // namespace keur::mocks
