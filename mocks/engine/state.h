#pragma once

#include "mocks/engine/blueprint.h"
#include "mocks/engine/client_key.h"
#include "mocks/engine/ordered_fault.h"
#include "mocks/engine/platform.h"
#include "mocks/engine/pushed_request.h"
#include "mocks/engine/session.h"
#include "mocks/engine/tokens.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace keur::mocks {

// A registration with what was made for it in this scenario.
struct Client {
    Registration const* registration = nullptr;
    std::string id;
    std::string secret;
    std::string redirect_uri;
    bool withdrawn = false;
    std::vector<ClientKey> keys;  // that it has registered
};

struct User {
    Person const* person = nullptr;
    std::string password;
};

// What the tokens are tied to that the request being answered asks for.
struct Binding {
    std::string resource;     // the API they are for (RFC 8707); empty: the usual one
    std::string key;          // thumbprint of the key that the request proved to hold (RFC 9449); empty: none
    std::string certificate;  // thumbprint of the client's certificate (RFC 8705 §3); empty: none
    bool is_public = false;   // the client proved nothing else, so its refresh token is bound, too (RFC 8705 §4)
};

// Everything one platform knows during one scenario.
struct PlatformState {
    Profile const& profile;
    Blueprint const& blueprint;
    PlatformOptions options;
    Clock const& clock;
    Random& random;
    Transcript& transcript;
    SwitchValues switches;

    std::deque<Client> clients;
    std::deque<User> users;
    Client* under_test = nullptr;  // the registration whose credentials the client was told
    std::string told_secret;       // the secret it was told, which may be an old one
    std::optional<ClientKey> told_key;
    std::optional<x509::Credentials> certificate;  // of the client under test, for mutual TLS

    Issued issued;
    Sessions sessions;
    std::set<std::pair<std::string, std::string>> consents;  // client id and user
    std::set<std::string> used_assertions;                   // by jti, or whole without one
    std::set<std::string> moved;                             // endpoints that are reached at their other address now
    std::chrono::milliseconds clock_error{0};                // of the authorization server's own clock
    std::deque<Registration> registered;                     // by clients themselves (RFC 7591)
    std::string initial_access_token;  // that lets a client register itself; empty: none is needed
    std::map<std::string, PushedRequest, std::less<>> pushed;  // by request_uri
    std::set<std::string> used_proofs;                         // jti of proofs of possession
    std::map<std::string, std::string> proof_nonces;           // that each party wants in proofs now
    Binding binding;
    int signing_generation = 0;     // how often its signing key was replaced
    bool client_uses_pkce = false;  // its latest authorization request had a code_challenge

    std::vector<OrderedFault> faults;
    std::map<int, std::vector<int>> faults_of_response;  // ids of observations
    int last_response = 0;

    std::unique_ptr<SystemState> system;
    // How a party refuses what no handler answers: unknown path (404), wrong method (405), bad request (400), and the
    // errors that faults order for an API.
    std::map<std::string, std::function<http::Response(PlatformState&, int, std::string const&)>> refuse;

    [[nodiscard]] std::string origin(std::string const& party) const;
    // The authorization server's own idea of the time.
    [[nodiscard]] TimePoint server_time() const { return clock.now() + clock_error; }
    // Where the endpoint of that name is reached: its own origin when the options name one, else its party's; the path of
    // its first row, or of its last when it has moved.
    [[nodiscard]] std::string address(std::string const& endpoint) const;
    // The issuer identifier, with the profile's own path and slashes.
    [[nodiscard]] std::string issuer() const;
    [[nodiscard]] Client* client(std::string const& id);
    [[nodiscard]] Client* client_named(std::string_view name);
    [[nodiscard]] Client const* client_named(std::string_view name) const;
    [[nodiscard]] User* user(std::string_view name);
    [[nodiscard]] std::string const& text(std::string const& name) const { return blueprint.texts.at(name); }
};

}  // namespace keur::mocks
