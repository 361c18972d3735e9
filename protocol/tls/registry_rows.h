#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace keur::tls {

// A code point and its name; tables of them, sorted by number.
struct Entry {
    std::uint16_t number;
    std::string_view name;
};
[[nodiscard]] std::span<Entry const> version_rows();
[[nodiscard]] std::span<Entry const> suite_rows();
[[nodiscard]] std::span<Entry const> group_rows();
[[nodiscard]] std::span<Entry const> signature_rows();
[[nodiscard]] std::span<Entry const> extension_rows();
[[nodiscard]] std::span<Entry const> compression_rows();

}  // namespace keur::tls
