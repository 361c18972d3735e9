#include "protocol/tls/registry.h"

#include "protocol/tls/registry_rows.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::tls {

namespace {

std::span<Entry const> rows_of(Registry registry)
{
    switch (registry) {
        case Registry::versions: return version_rows();
        case Registry::suites: return suite_rows();
        case Registry::groups: return group_rows();
        case Registry::signature_algorithms: return signature_rows();
        case Registry::extensions: return extension_rows();
        case Registry::compression: return compression_rows();
    }
    return {};
}

}  // namespace

std::string_view name_of(Registry registry, std::uint16_t number)
{
    auto const rows = rows_of(registry);
    auto const found = std::ranges::lower_bound(rows, number, {}, &Entry::number);
    return found != rows.end() && found->number == number ? found->name : std::string_view();
}

std::string in_words(Registry registry, std::uint16_t number)
{
    auto const name = name_of(registry, number);
    return fmt::format("{} (0x{:04X})", name.empty() ? "unknown" : name, number);
}

bool is_grease(std::uint16_t number)
{
    return (number & 0x0f0fU) == 0x0a0aU && number >> 8U == (number & 0xffU);
}

}  // namespace keur::tls
