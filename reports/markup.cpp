#include "reports/markup.h"

#include "reports/visible.h"

namespace keur::reports {

namespace {

std::string_view entity(char character)
{
    switch (character) {
        case '&': return "&amp;";
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '"': return "&quot;";
        default: return "&#39;";
    }
}

}  // namespace

void append_escaped(std::string& out, std::string_view text)
{
    auto const shown = visible(text);
    std::string_view rest = shown;
    for (auto at = rest.find_first_of("&<>\"'"); at != std::string_view::npos; at = rest.find_first_of("&<>\"'")) {
        out += rest.substr(0, at);
        out += entity(rest[at]);
        rest.remove_prefix(at + 1);
    }
    out += rest;
}

std::string escaped(std::string_view text)
{
    std::string out;
    append_escaped(out, text);
    return out;
}

std::string_view safe_address(std::string_view address)
{
    return address.starts_with("https://") || address.starts_with("http://") ? address : "";
}

}  // namespace keur::reports
