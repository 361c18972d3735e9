#pragma once

#include "clients/reference/settings.h"

#include <map>
#include <string>

namespace keur::reference {

// What a program without users was told: who it is, its key, where the authorization server and the API are, and what each
// operation's token must be asked with.
struct MachineSettings {
    std::string client_id;
    std::string issuer;
    std::string token_endpoint;     // one of these two
    std::string metadata_endpoint;  //
    std::string private_key;        // PEM
    std::string key_id;             // one of these two
    std::string certificate_chain;  // PEM, leaf first
    std::string api;
    std::map<std::string, Json> grants;  // operation → claims of its grant
};

[[nodiscard]] MachineSettings machine_settings(Settings const& settings);
// Fails on what is missing and on an address that is not https.
[[nodiscard]] Result<void> check_machine_settings(MachineSettings const& settings, Flaws const& flaws);

}  // namespace keur::reference
