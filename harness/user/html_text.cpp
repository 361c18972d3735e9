#include "harness/user/html.h"

#include "protocol/base/encoding.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace keur::html {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

struct Entity {
    std::string_view name;
    std::string_view text;
};
// Those that pages in Western European languages use (HTML §13.5 has 2231).
constexpr std::array entities{
    Entity{"amp", "&"},    Entity{"lt", "<"},        Entity{"gt", ">"},       Entity{"quot", "\""},
    Entity{"apos", "'"},   Entity{"nbsp", "\u00A0"}, Entity{"shy", "\u00AD"}, Entity{"copy", "©"},
    Entity{"reg", "®"},    Entity{"trade", "™"},     Entity{"euro", "€"},     Entity{"pound", "£"},
    Entity{"hellip", "…"}, Entity{"ndash", "–"},     Entity{"mdash", "—"},    Entity{"bull", "•"},
    Entity{"middot", "·"}, Entity{"times", "×"},     Entity{"lsquo", "‘"},    Entity{"rsquo", "’"},
    Entity{"ldquo", "“"},  Entity{"rdquo", "”"},     Entity{"laquo", "«"},    Entity{"raquo", "»"},
    Entity{"larr", "←"},   Entity{"rarr", "→"},      Entity{"deg", "°"},      Entity{"sect", "§"},
    Entity{"agrave", "à"}, Entity{"aacute", "á"},    Entity{"acirc", "â"},    Entity{"auml", "ä"},
    Entity{"aring", "å"},  Entity{"aelig", "æ"},     Entity{"oslash", "ø"},   Entity{"ccedil", "ç"},
    Entity{"egrave", "è"}, Entity{"eacute", "é"},    Entity{"ecirc", "ê"},    Entity{"euml", "ë"},
    Entity{"igrave", "ì"}, Entity{"iacute", "í"},    Entity{"icirc", "î"},    Entity{"iuml", "ï"},
    Entity{"ograve", "ò"}, Entity{"oacute", "ó"},    Entity{"ocirc", "ô"},    Entity{"ouml", "ö"},
    Entity{"ugrave", "ù"}, Entity{"uacute", "ú"},    Entity{"ucirc", "û"},    Entity{"uuml", "ü"},
    Entity{"ntilde", "ñ"}, Entity{"szlig", "ß"},     Entity{"Eacute", "É"},   Entity{"Ouml", "Ö"},
};
constexpr std::size_t longest_reference = 12;

std::string utf8(std::uint32_t code)
{
    bool const is_character = code != 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    if (!is_character) return std::string(replacement);
    auto const byte = [](std::uint32_t value) { return static_cast<char>(value); };
    if (code < 0x80) return {byte(code)};
    if (code < 0x800) return {byte(0xC0 | code >> 6U), byte(0x80 | (code & 0x3F))};
    if (code < 0x10000) return {byte(0xE0 | code >> 12U), byte(0x80 | (code >> 6U & 0x3F)), byte(0x80 | (code & 0x3F))};
    return {byte(0xF0 | code >> 18U), byte(0x80 | (code >> 12U & 0x3F)), byte(0x80 | (code >> 6U & 0x3F)),
            byte(0x80 | (code & 0x3F))};
}

// `name` is what stands between `&` and `;`.
std::optional<std::string> reference(std::string_view name)
{
    if (name.starts_with('#')) {
        bool const is_hex = name.starts_with("#x") || name.starts_with("#X");
        auto const digits = name.substr(is_hex ? 2 : 1);
        std::uint32_t code = 0;
        auto const [end, failed] =
            std::from_chars(digits.data(), digits.data() + digits.size(), code, is_hex ? 16 : 10);
        if (digits.empty() || end != digits.data() + digits.size()) return std::nullopt;
        return utf8(failed == std::errc{} ? code : 0);
    }
    auto const found = std::ranges::find(entities, name, &Entity::name);
    if (found == entities.end()) return std::nullopt;
    return std::string(found->text);
}

// How many bytes the well-formed character at the start of `bytes` has; 0 when there is none.
std::size_t character_size(std::string_view bytes)
{
    for (std::size_t size = 1; size <= std::min<std::size_t>(4, bytes.size()); ++size)
        if (is_utf8(bytes.substr(0, size))) return bytes[0] == '\0' ? 0 : size;
    return 0;
}

}  // namespace

std::string decoded(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        auto const plain = text.substr(0, text.find('&'));
        result += plain;
        text.remove_prefix(plain.size());
        if (text.empty()) break;
        auto const end = text.substr(0, longest_reference).find(';');
        auto const meant = end == std::string_view::npos ? std::nullopt : reference(text.substr(1, end - 1));
        result += meant.value_or("&");
        text.remove_prefix(meant ? end + 1 : 1);
    }
    return result;
}

std::string cleaned(std::string_view bytes)
{
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (is_utf8(bytes) && bytes.find('\0') == std::string_view::npos) return std::string(bytes);
    std::string result;
    while (!bytes.empty()) {
        auto const size = character_size(bytes);
        result += size == 0 ? replacement : bytes.substr(0, size);
        bytes.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return result;
}

}  // namespace keur::html
