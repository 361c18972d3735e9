#pragma once

#include "protocol/x509/odd_key.h"

#include <map>
#include <string>

namespace keur::mocks::transport {

// Keys of this process, each made when it is first asked for. A key is no part of what a case tests, but for its kind,
// so the certificates of one name share it over all chains.
class KeyRing {
public:
    [[nodiscard]] Result<x509::OddKey> key(std::string const& kind, std::string const& owner);

private:
    std::map<std::string, x509::OddKey> keys_;
};

}  // namespace keur::mocks::transport
