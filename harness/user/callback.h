#pragma once

#include "harness/user/user_agent.h"

#include <string>
#include <string_view>

namespace keur::browser {

// True when `url` is the redirect URI, whatever query or fragment follows it.
[[nodiscard]] bool leads_to(std::string_view url, std::string_view redirect_uri);

// True when `url` is where an authorization server returns the browser to the client.
[[nodiscard]] bool is_callback(UserAgent::Options const& options, std::string_view url);

// Pages of the client are its own: the user does not give it the password of another site.
[[nodiscard]] bool is_clients(UserAgent::Options const& options, http::Url const& url);

// What the browser delivers instead of the callback.
[[nodiscard]] oauth::Callback delivered(UserAgent::Options const& options, oauth::Callback const& callback);

}  // namespace keur::browser
