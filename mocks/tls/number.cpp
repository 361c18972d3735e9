#include "mocks/tls/number.h"

#include <fmt/format.h>

namespace keur::mocks::transport {

Result<long long> number_up_to(long long most, Yaml const& value)
{
    auto const number = value.number();
    if (!number || (*number >= 0 && *number <= most)) return number;
    return value.wrong(fmt::format("{} is not from 0 to {}", *number, most), "write a number in between");
}

}  // namespace keur::mocks::transport
