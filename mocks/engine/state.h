#pragma once

#include "mocks/engine/blueprint.h"
#include "mocks/engine/ordered_fault.h"
#include "mocks/engine/platform.h"
#include "mocks/engine/session.h"
#include "mocks/engine/tokens.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
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
};

struct User {
    Person const* person = nullptr;
    std::string password;
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

    Issued issued;
    Sessions sessions;
    std::set<std::pair<std::string, std::string>> consents;  // client id and user
    bool client_uses_pkce = false;                           // its latest authorization request had a code_challenge

    std::vector<OrderedFault> faults;
    std::map<int, std::vector<int>> faults_of_response;  // ids of observations
    int last_response = 0;

    std::unique_ptr<SystemState> system;
    // How a party refuses what no handler answers: unknown path (404), wrong method (405), bad request (400), and the
    // errors that faults order for an API.
    std::map<std::string, std::function<http::Response(PlatformState&, int, std::string const&)>> refuse;

    [[nodiscard]] std::string origin(std::string const& party) const;
    // Where the first endpoint of that name is reached: its own origin when the options name one, else its party's.
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
