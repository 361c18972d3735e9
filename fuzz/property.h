#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace keur::fuzz {

// Stops the fuzzer with `claim` when it does not hold for the input.
inline void must(bool holds, char const* claim)
{
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", claim);
    std::abort();
}

inline std::string_view text_of(std::uint8_t const* data, std::size_t size)
{
    return {reinterpret_cast<char const*>(data), size};
}

}  // namespace keur::fuzz
