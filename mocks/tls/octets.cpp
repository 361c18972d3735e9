#include "mocks/tls/octets.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace keur::mocks::transport {

Result<std::string> octets_of(Yaml const& value)
{
    auto digits = value.text();
    if (!digits) return digits;
    std::erase(*digits, ' ');
    std::string octets;
    for (std::size_t i = 0; i < digits->size(); i += 2) {
        unsigned octet = 0;
        auto const pair = std::string_view(*digits).substr(i, 2);
        auto const [end, failed] = std::from_chars(pair.data(), pair.data() + pair.size(), octet, 16);
        if (failed != std::errc() || end != pair.data() + pair.size() || pair.size() != 2)
            return value.wrong(fmt::format("'{}' is not a row of octets", value.scalar),
                               "write pairs of hexadecimal digits");
        octets += static_cast<char>(octet);
    }
    return octets;
}

}  // namespace keur::mocks::transport
