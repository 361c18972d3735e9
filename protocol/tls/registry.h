#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keur::tls {

// What the numbers of a TLS handshake mean: IANA's registries.
enum class Registry { versions, suites, groups, signature_algorithms, extensions, compression };

// IANA's name; empty when the tables have none.
[[nodiscard]] std::string_view name_of(Registry registry, std::uint16_t number);
// `TLS_AES_128_GCM_SHA256 (0x1301)`, or `unknown (0xC0FF)`: for people, who know names, and for tools, which know numbers.
[[nodiscard]] std::string in_words(Registry registry, std::uint16_t number);

// A value without meaning that clients send to keep servers tolerant (RFC 8701): 0x0A0A, 0x1A1A … 0xFAFA.
[[nodiscard]] bool is_grease(std::uint16_t number);

}  // namespace keur::tls
