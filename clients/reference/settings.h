#pragma once

#include "clients/reference/flaw.h"
#include "protocol/base/json.h"
#include "protocol/base/result.h"

#include <map>
#include <string>

namespace keur::reference {

// What a program knows of the production environment although it is told to work in the test environment.
struct OtherEnvironment {
    std::string token_endpoint;
    std::string audience;
    std::string hand_over_endpoint;
    std::string landing_url;
};

// What the user filled in: the registration at a platform, and where that is.
struct Settings {
    std::string system;
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

    // OpenID Connect
    std::string client_authentication;  // client_secret_post when empty
    std::string private_key;            // PEM, for private_key_jwt
    std::string key_id;                 // the name it is registered by
    std::string algorithm;              // RS256 when empty
    std::string assertion_audience;     // token_endpoint: aud of an assertion is that; else the issuer
    std::string issuer;
    std::string metadata_endpoint;  // found there: what is missing here
    std::string jwks_uri;
    std::string userinfo_endpoint;
    std::string end_session_endpoint;
    std::string post_logout_redirect_uri;
    [[nodiscard]] bool uses_openid() const { return (' ' + scope + ' ').contains(" openid "); }

    // Mutual TLS (RFC 8705)
    std::string certificate_file;      // what it shows to servers that ask; empty: nothing
    std::string certificate_key_file;  // its private key
    [[nodiscard]] bool uses_mutual_tls() const { return client_authentication.ends_with("tls_client_auth"); }

    // What a profile of OAuth may add
    std::string revocation_endpoint;
    std::string pushed_authorization_request_endpoint;
    std::string registration_endpoint;  // where a client id comes from, when there is none
    std::string initial_access_token;
    std::string client_name;
    bool names_issuer = false;                     // answers to the browser have `iss`
    bool has_bound_tokens = false;                 // to a key (RFC 9449)
    std::map<std::string, std::string> resources;  // operation → the API that its token must be for (RFC 8707)
    std::map<std::string, std::string>
        exchanges;  // operation → the API for which the user's token is exchanged (RFC 8693)

    // Handing a user over to Mijn Burgerprofiel
    std::string audience;  // its client id in this environment
    std::string hand_over_endpoint;
    std::string landing_url;
    OtherEnvironment production;
    Json all;  // everything the file says
};

// Reads the settings file and the CA file it names. What is missing stays empty: check_settings tells it when it is
// needed.
[[nodiscard]] Result<Settings> load_settings(std::string const& file, Flaws const& flaws);

// Takes the addresses for mutual TLS that `source`, the settings file or metadata, names beside the plain ones (RFC 8705
// §5), when this program has a certificate to show.
void use_aliases(Settings& settings, Json const& source, Flaws const& flaws);

// Fails, before anything is sent, on a setting that is missing and on an address that is not https.
[[nodiscard]] Result<void> check_settings(Settings const& settings, Flaws const& flaws);

}  // namespace keur::reference
