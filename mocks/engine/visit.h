#pragma once

#include "mocks/engine/exchange.h"
#include "mocks/engine/session.h"

#include <expected>
#include <string>

namespace keur::mocks {

struct PlatformState;

// A browser at a page of the sign-in: its session and the authorization request it came for.
struct Visit {
    Session* session = nullptr;
    Interaction* interaction = nullptr;
    bool is_new = false;  // the session was made just now, and its cookie must be set
};

// Finds or begins the session of a browser that opens a page. Fails, with the page to show, when the request is
// unknown, was answered already, or belongs to another browser.
[[nodiscard]] std::expected<Visit, http::Response> visit_page(PlatformState& state, Exchange const& exchange);
// The same for a form that was sent: it also needs its anti-forgery token.
[[nodiscard]] std::expected<Visit, http::Response> visit_form(PlatformState& state, Exchange const& exchange);

// Adds the session's cookie to an answer when it is new.
void set_cookie(http::Response& response, Visit const& visit);
// A new value for the session's cookie, as is due when somebody signs in.
void renew(PlatformState& state, Visit& visit);

// Name of the user who is signed in now; empty when nobody is.
[[nodiscard]] std::string signed_in(PlatformState const& state, Session const& session);
// Origin of the client that the request came from, for the pages' security policy.
[[nodiscard]] std::string origin_of_client(Interaction const& interaction);

}  // namespace keur::mocks
