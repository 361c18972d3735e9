#pragma once

#include "protocol/base/clock.h"
#include "protocol/base/random.h"

#include <map>
#include <string>
#include <vector>

namespace keur::mocks {

// A valid authorization request, kept while its user signs in and consents.
struct Interaction {
    std::string id;
    std::string client_id;
    std::string redirect_uri;
    bool has_state = false;
    std::string state;
    std::string scope;
    std::vector<std::string> resources;  // that its tokens are for (RFC 8707)
    std::string nonce;                   // of OpenID Connect; empty when none was sent
    std::string challenge;               // of PKCE; empty when none was sent
    std::string challenge_method;
    std::string session;        // id of the browser session that first opened its sign-in page; empty before
    std::string acr_values;     // of OpenID Connect: how sure of the user the client wants to be
    std::string response_mode;  // empty: the usual one
    TimePoint signed_in{};      // when its user did, perhaps for another client
    std::string session_id;     // what clients may know that sign-in by (sid)
};

// One browser at the authorization server.
struct Session {
    std::string id;    // value of its cookie
    std::string csrf;  // anti-forgery token of its forms
    std::string user;  // name of who is signed in; empty when nobody is
    TimePoint ends{};  // of the sign-in
    TimePoint signed_in{};
    std::string sid;  // what clients may know the sign-in by
};

struct Sessions {
    std::map<std::string, Interaction, std::less<>> interactions;
    std::map<std::string, Session, std::less<>> browsers;
};

}  // namespace keur::mocks
