#include "protocol/http/form.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::http {

namespace {

auto named(std::string_view name)
{
    return [name](auto const& pair) { return pair.first == name; };
}

bool is_alphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

void append_escape(std::string& text, char byte)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    auto const value = static_cast<unsigned char>(byte);
    text += '%';
    text += digits[value >> 4U];
    text += digits[value & 0xfU];
}

int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

enum class Plus { stays, is_space };

Result<std::string> decode(std::string_view text, Plus plus)
{
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            bytes += text[i] == '+' && plus == Plus::is_space ? ' ' : text[i];
            continue;
        }
        auto const high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        auto const low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            return fail({}, fmt::format("'{}' is not a percent-escape", printable(text.substr(i, 3))),
                        "write % and two hexadecimal digits");
        bytes += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return bytes;
}

Result<std::string> decode_parameter(std::string_view text)
{
    auto decoded = decode(text, Plus::is_space);
    if (decoded && !is_utf8(*decoded))
        return fail({}, fmt::format("'{}' is not UTF-8 when decoded", excerpt(text, 80)));
    return decoded;
}

// The serializer of the URL Standard §5.2.
void append_encoded(std::string& text, std::string_view value)
{
    for (char const c : value) {
        if (is_alphanumeric(c) || c == '*' || c == '-' || c == '.' || c == '_')
            text += c;
        else if (c == ' ')
            text += '+';
        else
            append_escape(text, c);
    }
}

}  // namespace

void Form::set(std::string_view name, std::string value)
{
    auto const first = std::ranges::find_if(pairs_, named(name));
    if (first == pairs_.end()) return add(std::string(name), std::move(value));
    first->second = std::move(value);
    pairs_.erase(std::remove_if(first + 1, pairs_.end(), named(name)), pairs_.end());
}

void Form::remove(std::string_view name)
{
    std::erase_if(pairs_, named(name));
}

std::optional<std::string> Form::find(std::string_view name) const
{
    auto const found = std::ranges::find_if(pairs_, named(name));
    return found == pairs_.end() ? std::nullopt : std::optional(found->second);
}

std::string Form::get(std::string_view name) const
{
    return find(name).value_or(std::string());
}

bool Form::has(std::string_view name) const
{
    return std::ranges::any_of(pairs_, named(name));
}

std::size_t Form::count(std::string_view name) const
{
    return static_cast<std::size_t>(std::ranges::count_if(pairs_, named(name)));
}

std::vector<std::string> Form::repeated() const
{
    std::vector<std::string> names;
    names.reserve(pairs_.size());
    for (auto const& pair : pairs_) names.push_back(pair.first);
    std::ranges::sort(names);
    std::vector<std::string> twice;
    for (std::size_t i = 1; i < names.size(); ++i)
        if (names[i] == names[i - 1] && (twice.empty() || twice.back() != names[i])) twice.push_back(names[i]);
    return twice;
}

Result<Form> parse_form(std::string_view text)
{
    constexpr std::size_t most_parameters = 1000;
    Form form;
    while (!text.empty()) {
        auto const piece = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(piece.size() + 1, text.size()));
        if (piece.empty()) continue;
        if (form.pairs().size() == most_parameters)
            return fail({}, fmt::format("more than {} parameters", most_parameters), "send fewer");
        auto const equals = std::min(piece.find('='), piece.size());
        auto name = decode_parameter(piece.substr(0, equals));
        if (!name) return fail(name);
        auto value = decode_parameter(piece.substr(std::min(equals + 1, piece.size())));
        if (!value) return fail(value);
        form.add(std::move(*name), std::move(*value));
    }
    return form;
}

std::string to_text(Form const& form)
{
    std::string text;
    for (auto const& [name, value] : form.pairs()) {
        if (!text.empty()) text += '&';
        append_encoded(text, name);
        text += '=';
        append_encoded(text, value);
    }
    return text;
}

std::string percent_encode(std::string_view bytes)
{
    std::string text;
    for (char const c : bytes) {
        if (is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~')
            text += c;
        else
            append_escape(text, c);
    }
    return text;
}

Result<std::string> percent_decode(std::string_view text)
{
    return decode(text, Plus::stays);
}

}  // namespace keur::http
