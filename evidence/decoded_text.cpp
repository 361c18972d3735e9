#include "evidence/decoded_text.h"

#include <optional>

namespace keur {

namespace {

std::optional<unsigned> hex_value(std::string_view digits)
{
    constexpr std::string_view lower = "0123456789abcdef";
    constexpr std::string_view upper = "0123456789ABCDEF";
    unsigned value = 0;
    for (char const digit : digits) {
        auto at = lower.find(digit);
        if (at == std::string_view::npos) at = upper.find(digit);
        if (at == std::string_view::npos) return std::nullopt;
        value = value * 16 + static_cast<unsigned>(at);
    }
    return value;
}

class Decoding {
public:
    explicit Decoding(std::string_view source) : source_(source)
    {
        result_.text.reserve(source.size());
        result_.from.reserve(source.size() + 1);
    }
    [[nodiscard]] std::string_view rest() const { return source_.substr(at_); }
    // `bytes` stand for the next `consumed` bytes of the source.
    void take(std::string_view bytes, std::size_t consumed)
    {
        result_.text += bytes;
        result_.from.insert(result_.from.end(), bytes.size(), at_);
        at_ += consumed;
    }
    void take_one() { take(rest().substr(0, 1), 1); }
    DecodedText finish()
    {
        result_.from.push_back(source_.size());
        return std::move(result_);
    }

private:
    std::string_view source_;
    std::size_t at_ = 0;
    DecodedText result_;
};

std::string utf8(unsigned code)
{
    auto const byte = [](unsigned value) { return static_cast<char>(value); };
    if (code < 0x80U) return {byte(code)};
    if (code < 0x800U) return {byte(0xc0U | (code >> 6U)), byte(0x80U | (code & 0x3fU))};
    return {byte(0xe0U | (code >> 12U)), byte(0x80U | ((code >> 6U) & 0x3fU)), byte(0x80U | (code & 0x3fU))};
}

bool is_surrogate(unsigned code)
{
    return code >= 0xd800U && code <= 0xdfffU;
}

}  // namespace

DecodedText undo_percent(std::string_view text, bool plus_is_space)
{
    Decoding decoding(text);
    while (!decoding.rest().empty()) {
        auto const rest = decoding.rest();
        auto const value = rest[0] == '%' && rest.size() >= 3 ? hex_value(rest.substr(1, 2)) : std::nullopt;
        if (value)
            decoding.take(std::string(1, static_cast<char>(*value)), 3);
        else if (rest[0] == '+' && plus_is_space)
            decoding.take(" ", 1);
        else
            decoding.take_one();
    }
    return decoding.finish();
}

DecodedText undo_json(std::string_view text)
{
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    Decoding decoding(text);
    while (!decoding.rest().empty()) {
        auto const rest = decoding.rest();
        auto const letter = rest[0] == '\\' && rest.size() >= 2 ? letters.find(rest[1]) : std::string_view::npos;
        auto const code = rest.starts_with("\\u") && rest.size() >= 6 ? hex_value(rest.substr(2, 4)) : std::nullopt;
        if (letter != std::string_view::npos)
            decoding.take(meanings.substr(letter, 1), 2);
        else if (code && !is_surrogate(*code))
            decoding.take(utf8(*code), 6);
        else
            decoding.take_one();
    }
    return decoding.finish();
}

}  // namespace keur
