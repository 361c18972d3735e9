#pragma once

#include "mocks/engine/exchange.h"
#include "mocks/engine/profile.h"
#include "mocks/engine/switch.h"
#include "mocks/engine/system.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace keur::mocks {

// A client that the authorization server knows. Its id and secret are made anew in each scenario.
struct Registration {
    std::string name;   // own, shared, other …
    std::string title;  // what the consent page calls the application
    bool withdrawn = false;
    bool elsewhere = false;           // registered in another environment: unknown here
    std::string redirect_uri;         // empty: that of the client under test
    std::vector<std::string> grants;  // grant types it may use
    std::vector<std::string> scopes;
    std::vector<std::string> trusted_by;   // names of the clients it may exchange tokens for
    std::string key;                       // algorithm of the key it has registered, such as RS256; empty: none
    std::string post_logout_redirect_uri;  // with ${templates}
};

// Somebody who can try to sign in. The password is made anew in each scenario.
struct Person {
    std::string name;  // as scenarios call them
    std::string full_name;
    std::string username;
    std::string refused;  // what the sign-in page tells them instead of letting them in; empty: they may sign in
    Json claims = Json::object();  // what the userinfo endpoint says of them, beside `sub`
};

// A profile as the engine reads it.
struct Blueprint {
    System const* system = nullptr;          // what the system adds in code; null when nothing
    std::shared_ptr<SystemPart const> part;  // what it keeps of the profile
    std::vector<Endpoint> endpoints;
    std::vector<Registration> registrations;
    std::vector<Person> persons;
    SwitchValues switches;
    Json settings = Json::object();            // members of the client's settings, with ${templates}
    Json metadata = Json::object();            // what the authorization server publishes of itself, with ${templates}
    Json token_answer = Json::object();        // members that every token answer has beside the standard ones
    std::string token_type = "Bearer";         // spelling in token answers
    std::map<std::string, std::string> texts;  // of the pages
    std::vector<std::string> asked_for;        // what the consent page lists
    std::string language;                      // of the pages
};

[[nodiscard]] Result<Blueprint> read_blueprint(Yaml const& document, std::vector<std::string> const& parties);

// Whether any of its clients signs people in with OpenID Connect.
[[nodiscard]] bool knows_openid(Blueprint const& blueprint);

// What a system adds in code; null when nothing.
[[nodiscard]] System const* system_named(std::string const& name);
// All switches and acts of a blueprint: the engine's and its system's.
[[nodiscard]] std::vector<Switch const*> switches_of(System const* system);
[[nodiscard]] std::vector<Act const*> acts_of(System const* system);

}  // namespace keur::mocks
