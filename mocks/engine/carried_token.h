#pragma once

#include "protocol/http/message.h"

#include <string>

namespace keur::mocks {

// The token that the provider signed in this answer: an ID Token, signed metadata, or userinfo that is a JWT as a whole;
// empty when there is none.
[[nodiscard]] std::string token_carried_by(http::Response const& response);
// Puts another into its place.
void carry(http::Response& response, std::string const& token);

}  // namespace keur::mocks
