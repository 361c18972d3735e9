#pragma once

#include "harness/user/behaviour.h"

#include <string>

namespace keur::browser {

// One journey through the web: what UserAgent::open and visit do.
class Traveller {
public:
    Traveller(net::HttpClient& client, Transcript& transcript, UserAgent::Options const& options,
              http::CookieJar& cookies);

    [[nodiscard]] Result<UserAgent::Journey> open(std::string const& url);
    [[nodiscard]] Result<UserAgent::Journey> visit(std::string const& url);  // touches no form
    [[nodiscard]] Result<UserAgent::Journey> bring(oauth::Callback const& callback);
    [[nodiscard]] Result<http::Response> look_in_frame(http::Url const& url);

private:
    Result<UserAgent::Journey> go(Navigation navigation);
    Result<http::Response> fetch(Navigation const& navigation);
    Result<std::optional<Navigation>> follow(Navigation const& navigation, http::Response const& response,
                                             oauth::Callback& callback);
    Page look(Navigation const& navigation, http::Response const& response);

    net::HttpClient& client_;
    Transcript& transcript_;
    UserAgent::Options const& options_;
    http::CookieJar& cookies_;
    Behaviour behaviour_;
};

}  // namespace keur::browser
