#include "clients/reference/randomness.h"

#include "protocol/base/encoding.h"

#include <sys/random.h>

#include <stdexcept>

namespace keur::reference {

std::string random_text(std::size_t bytes)
{
    std::string buffer(bytes, '\0');
    // Up to 256 bytes come whole or not at all (getentropy(3)).
    if (getentropy(buffer.data(), buffer.size()) != 0) throw std::runtime_error("the system gives no random bytes");
    return base64url(buffer);
}

}  // namespace keur::reference
