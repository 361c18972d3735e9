#pragma once

#include "clients/reference/flaw.h"
#include "protocol/base/json.h"
#include "protocol/base/result.h"

#include <map>
#include <string>

namespace keur::reference {

// What the user filled in: the registration at Loket and where Loket is.
struct Settings {
    std::string client_id;
    std::string client_secret;
    std::string redirect_uri;
    std::string scope;
    std::string authorization_endpoint;
    std::string token_endpoint;
    std::string api;     // base URL, ends in `/`
    std::string accept;  // names the version of the API
    std::string ca_pem;
    std::map<std::string, std::string> operations;  // name → path below `api`
};

// Reads the settings file and the CA file it names. What is missing stays empty: check_settings tells it when it is
// needed.
[[nodiscard]] Result<Settings> load_settings(std::string const& file);

// Fails, before anything is sent, on a setting that is missing and on an address that is not https.
[[nodiscard]] Result<void> check_settings(Settings const& settings, Flaws const& flaws);

}  // namespace keur::reference
