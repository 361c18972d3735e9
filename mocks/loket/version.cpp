#include "mocks/loket/version.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

namespace keur::mocks::loket {

namespace {

std::string_view trimmed(std::string_view text)
{
    auto const from = text.find_first_not_of(" \t");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

// The piece of `text` before `mark`, which is cut off with it.
std::string_view cut(std::string_view& text, char mark)
{
    auto const at = text.find(mark);
    auto const piece = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    return trimmed(piece);
}

// The value of `version` at the first `application/json` of an Accept header.
std::optional<std::string> asked_version(std::string_view accept)
{
    while (!accept.empty()) {
        auto element = cut(accept, ',');
        if (cut(element, ';') != "application/json") continue;
        while (!element.empty()) {
            auto parameter = cut(element, ';');
            if (cut(parameter, '=') != "version") continue;
            auto value = trimmed(parameter);
            if (value.size() > 1 && value.front() == '"' && value.back() == '"')
                value = value.substr(1, value.size() - 2);
            return std::string(value);
        }
    }
    return std::nullopt;
}

}  // namespace

bool is_date(std::string_view text)
{
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i != 4 && i != 7 && !is_digit(text[i])) return false;
    auto const two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    return two(5) >= 1 && two(5) <= 12 && two(8) >= 1 && two(8) <= 31;
}

Result<std::string> version_for(std::string_view accept, std::vector<std::string> const& versions)
{
    auto const asked = asked_version(accept);
    if (!asked) return versions.back();
    if (!is_date(*asked)) return fail("Accept", fmt::format("the version '{}' is no date", excerpt(*asked, 40)), "");
    auto const after = std::ranges::upper_bound(versions, *asked);
    if (after == versions.begin()) return fail("Accept", fmt::format("there was no version yet on {}", *asked), "");
    return *std::prev(after);
}

Result<Json> read_obsolete_date(Yaml const& value)
{
    if (value.is_scalar() && (value.scalar == "none" || is_date(value.scalar))) return Json(value.scalar);
    auto const from_now = value.milliseconds();
    if (!from_now)
        return value.wrong(fmt::format("'{}' is no date", value.scalar),
                           "write none, a date such as 2026-12-31, or a time from now such as -30d");
    return Json(*from_now);
}

Json obsolete_date(Json const& setting, TimePoint now)
{
    if (setting.is_number()) return to_rfc3339(now + std::chrono::milliseconds(setting.get<long long>())).substr(0, 10);
    if (setting == "none") return nullptr;
    return setting;
}

}  // namespace keur::mocks::loket
