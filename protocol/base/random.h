#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace keur {

// Repeatable randomness: the same seed and purpose give the same sequence. What keur issues with it only has to be
// unique and unguessable to the client under test; it protects nothing. Real keys come from OpenSSL's generator.
class Random {
public:
    // `purpose` separates streams that share a run's seed, such as the scenario and the client.
    Random(std::uint64_t seed, std::string_view purpose);

    [[nodiscard]] std::uint64_t number();
    // From 0 up to but not including `limit`, which is at least 1.
    [[nodiscard]] std::uint64_t below(std::uint64_t limit);
    [[nodiscard]] std::string bytes(std::size_t count);
    // base64url text of `byte_count` random bytes (22 characters for 16).
    [[nodiscard]] std::string token(std::size_t byte_count = 16);
    // A random UUID in lower case (RFC 9562 §5.4).
    [[nodiscard]] std::string uuid();

private:
    std::mt19937_64 engine_;
};

}  // namespace keur
