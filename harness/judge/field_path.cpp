#include "harness/judge/field_path.h"

#include "protocol/base/encoding.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace keur::judge {

namespace {

constexpr std::string_view opening = "jwt(";

std::string_view first_part(std::string_view path)
{
    return path.substr(0, path.find('.'));
}

Result<void> known_field(Yaml const& source, std::string_view path, KindRow const& kind)
{
    auto const first = first_part(path);
    if (first == "kind" || first == "party" || std::ranges::find(kind.fields, first) != kind.fields.end()) return {};
    std::vector<std::string> known{kind.fields.begin(), kind.fields.end()};
    return std::unexpected(unknown_name(source.at(), fmt::format("field of {}", kind.noun), first, known));
}

// A compact token's header (0) or claims (1) as JSON; null when the text is no such token.
Json decoded_part(std::string_view token, std::size_t index)
{
    auto const first = token.find('.');
    auto const second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos) return nullptr;
    auto const bytes =
        from_base64url(index == 0 ? token.substr(0, first) : token.substr(first + 1, second - first - 1));
    if (!bytes) return nullptr;
    auto json = parse_json(*bytes, "token");
    return json && json->is_object() ? std::move(*json) : Json(nullptr);
}

}  // namespace

Json member_at(Json const& json, std::string_view path)
{
    auto const* here = &json;
    while (!path.empty()) {
        auto const name = first_part(path);
        path.remove_prefix(std::min(path.size(), name.size() + 1));
        if (here->is_object()) {
            auto const found = here->find(std::string(name));
            if (found == here->end()) return nullptr;
            here = &*found;
            continue;
        }
        std::size_t index = 0;
        auto const [end, failed] = std::from_chars(name.data(), name.data() + name.size(), index);
        if (!here->is_array() || failed != std::errc{} || end != name.data() + name.size() || index >= here->size())
            return nullptr;
        here = &(*here)[index];
    }
    return *here;
}

std::string_view without_scheme(std::string_view text)
{
    auto const space = text.find(' ');
    if (space == std::string_view::npos || text.find(' ', space + 1) != std::string_view::npos) return text;
    return text.substr(space + 1);
}

std::string as_text(Json const& value)
{
    if (value.is_string()) return value.get<std::string>();
    if (value.is_null()) return {};
    if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
    return to_line(value);
}

Result<FieldPath> FieldPath::compile(Yaml const& source, KindRow const& kind)
{
    auto const text = source.text();
    if (!text) return fail(text);
    FieldPath path;
    path.text_ = *text;
    path.inner_ = *text;
    if (text->starts_with(opening)) {
        auto const closing = text->find(").");
        auto const rest = closing == std::string::npos ? std::string() : text->substr(closing + 2);
        path.part_ = first_part(rest);
        if (path.part_ != "claims" && path.part_ != "header")
            return source.wrong(fmt::format("'{}' looks into no part of a token", excerpt(*text, 80)),
                                "write jwt(FIELD).claims.NAME or jwt(FIELD).header.NAME");
        path.inner_ = text->substr(opening.size(), closing - opening.size());
        path.claim_ = rest.substr(std::min(rest.size(), path.part_.size() + 1));
    }
    if (auto const known = known_field(source, path.inner_, kind); !known) return fail(known);
    return path;
}

Json FieldPath::of(Observation const& seen) const
{
    auto value = field(seen, inner_);
    if (part_.empty()) return value;
    if (!value.is_string()) return nullptr;
    auto const token = value.get<std::string>();
    return member_at(decoded_part(without_scheme(token), part_ == "header" ? 0 : 1), claim_);
}

}  // namespace keur::judge
