#pragma once

#include "mocks/engine/oauth_error.h"
#include "protocol/http/form.h"

#include <optional>
#include <string>
#include <vector>

namespace keur::mocks {

struct Family;
struct PlatformState;

// The API that a token is for when its request names none.
[[nodiscard]] std::string usual_resource(PlatformState const& state);
// All values of the parameter `resource` (RFC 8707 §2), which alone may come several times.
[[nodiscard]] std::vector<std::string> resources_in(http::Form const& request);
// Parameters that come more than once and may not.
[[nodiscard]] std::vector<std::string> wrongly_repeated(PlatformState const& state, http::Form const& request);
// What is wrong with the resources that an authorization or token request names; empty when nothing is. `granted` has
// those that the authorization request named, when there was one.
[[nodiscard]] std::optional<OAuthError> resource_fault(PlatformState const& state, http::Form const& request,
                                                       std::vector<std::string> const& granted = {});

}  // namespace keur::mocks
