#include "protocol/base/random.h"

#include "protocol/base/encoding.h"

namespace keur {

namespace {

std::mt19937_64 seeded(std::uint64_t seed, std::string_view purpose)
{
    std::string const text = std::to_string(seed) + '/' + std::string(purpose);
    std::seed_seq words(text.begin(), text.end());
    return std::mt19937_64(words);
}

}  // namespace

Random::Random(std::uint64_t seed, std::string_view purpose) : engine_(seeded(seed, purpose)) {}

std::uint64_t Random::number()
{
    return engine_();
}

std::uint64_t Random::below(std::uint64_t limit)
{
    return engine_() % limit;
}

std::string Random::bytes(std::size_t count)
{
    std::string result;
    result.reserve(count + sizeof(std::uint64_t));
    while (result.size() < count) {
        auto word = engine_();
        for (std::size_t i = 0; i < sizeof word; ++i, word >>= 8U) result.push_back(static_cast<char>(word & 0xffU));
    }
    result.resize(count);
    return result;
}

std::string Random::token(std::size_t byte_count)
{
    return base64url(bytes(byte_count));
}

std::string Random::uuid()
{
    auto raw = bytes(16);
    raw[6] = static_cast<char>((static_cast<unsigned char>(raw[6]) & 0x0fU) | 0x40U);
    raw[8] = static_cast<char>((static_cast<unsigned char>(raw[8]) & 0x3fU) | 0x80U);
    auto text = hex(raw);
    for (std::size_t const place : {20U, 16U, 12U, 8U}) text.insert(place, 1, '-');
    return text;
}

}  // namespace keur
