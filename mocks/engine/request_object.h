#pragma once

#include "protocol/base/result.h"
#include "protocol/http/form.h"

namespace keur::mocks {

struct PlatformState;

// The parameters of an authorization request: those of its request object where this server takes such, in the place of
// the query's (OpenID Connect Core §6.1). Fails on an object that its client has not signed with a registered key, or
// that is for another server.
[[nodiscard]] Result<http::Form> parameters_of(PlatformState& state, http::Form const& query);

}  // namespace keur::mocks
