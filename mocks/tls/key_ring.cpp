#include "mocks/tls/key_ring.h"

namespace keur::mocks::transport {

Result<x509::OddKey> KeyRing::key(std::string const& kind, std::string const& owner)
{
    auto const name = kind + ' ' + owner;
    if (auto const found = keys_.find(name); found != keys_.end()) return found->second;
    auto made = x509::OddKey::generate(kind);
    if (made) keys_.emplace(name, *made);
    return made;
}

}  // namespace keur::mocks::transport
