#pragma once

#include "protocol/base/yaml.h"

#include <string>

namespace keur::mocks::transport {

// How a server shakes hands; everything empty is as a good server does it. Algorithms are named as OpenSSL names them.
struct Handshake {
    std::string min_version;
    std::string max_version;
    std::string ciphers;  // up to TLS 1.2
    std::string suites;   // of TLS 1.3
    std::string groups;
    std::string signatures;
    std::string protocol;  // what ALPN is answered with, offered or not
    std::string dh_prime;  // hexadecimal
    bool has_extended_master_secret = true;
    bool has_encrypt_then_mac = true;
    bool says_goodbye = true;
    bool gives_early_data = false;
    int alert = 0;  // the answer to every ClientHello; 0: a handshake
    // Instead of TLS: what is sent once the client has said something, and how the connection ends then. `listen` sees
    // whether the client breaks off by itself, or has taken what was sent and waits for more.
    bool is_script = false;
    std::string bytes;
    std::string end;  // close, reset, wait, listen
};

// Reads the member `handshake` of a case.
[[nodiscard]] Result<Handshake> read_handshake(Yaml const& source);

}  // namespace keur::mocks::transport
