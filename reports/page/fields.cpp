#include "reports/page/fields.h"

#include "protocol/base/encoding.h"
#include "reports/markup.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::reports::page {

namespace {

using std::string_view_literals::operator""sv;

// Told already in the line of the message, or by other fields.
constexpr std::array repeated_fields{"method"sv,    "path"sv,   "endpoint"sv,   "secure"sv, "connection"sv, "cookie"sv,
                                     "to"sv,        "status"sv, "media-type"sv, "basic"sv,  "hello"sv,      "stream"sv,
                                     "delivered"sv, "faults"sv, "says"sv,       "forms"sv};
constexpr std::array idle_headers{"accept-encoding"sv,
                                  "accept-language"sv,
                                  "cache-control"sv,
                                  "connection"sv,
                                  "content-length"sv,
                                  "content-security-policy"sv,
                                  "date"sv,
                                  "host"sv,
                                  "keep-alive"sv,
                                  "origin"sv,
                                  "pragma"sv,
                                  "referer"sv,
                                  "referrer-policy"sv,
                                  "sec-fetch-dest"sv,
                                  "sec-fetch-mode"sv,
                                  "sec-fetch-site"sv,
                                  "sec-fetch-user"sv,
                                  "server"sv,
                                  "upgrade-insecure-requests"sv,
                                  "user-agent"sv,
                                  "x-content-type-options"sv,
                                  "x-frame-options"sv};

// A field that says the same as another one, part by part.
struct Parsed {
    std::string_view field;
    std::string_view parts;
};
constexpr std::array parsed_fields{Parsed{"body", "form"}, Parsed{"body", "json"}, Parsed{"target", "path"},
                                   Parsed{"url", "query"}};

bool is_parsed(Json const& fields, std::string_view name)
{
    return std::ranges::any_of(parsed_fields,
                               [&](Parsed const& row) { return row.field == name && fields.contains(row.parts); });
}

template <class Names>
bool is_one_of(Names const& names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

class Lines {
public:
    Lines(std::string& out, bool whole)
        : out_(out), whole_(whole), left_(whole ? 200 : 16), longest_(whole ? 1500 : 120)
    {
    }

    void fields(Json const& fields)
    {
        for (auto const& [name, value] : fields.items())
            if (whole_ || !(is_one_of(repeated_fields, name) || is_parsed(fields, name))) value_at(name, value);
    }

private:
    void value_at(std::string const& path, Json const& value)
    {
        if (left_ < 0) return;
        if (value.is_object()) return members(path, value);
        if (value.is_array()) return items(path, value);
        if (left_-- == 0) {
            out_ += "… more in record.jsonl\n";
            return;
        }
        append_escaped(out_, path);
        out_ += ": ";
        auto const text = value.is_string() ? value.get_ref<std::string const&>() : to_line(value);
        append_escaped(out_, shortened(text, longest_));
        out_ += '\n';
    }

    void members(std::string const& path, Json const& object)
    {
        bool const is_header = path == "header";
        for (auto const& [name, value] : object.items())
            if (whole_ || !is_header || !is_one_of(idle_headers, name)) value_at(path + "." + name, value);
    }

    void items(std::string const& path, Json const& list)
    {
        for (std::size_t i = 0; i < list.size() && left_ >= 0; ++i) value_at(fmt::format("{}.{}", path, i), list[i]);
    }

    std::string& out_;
    bool whole_;
    int left_;  // so many lines may still come; -1 when the last word was said
    std::size_t longest_;
};

}  // namespace

void append_fields(std::string& out, Json const& seen, bool whole)
{
    append_escaped(out, text_member(seen, "time"));
    out += '\n';
    if (!seen.is_object() || !seen.contains("fields")) return;
    auto const& fields = seen["fields"];
    if (fields.is_object()) Lines(out, whole).fields(fields);
}

}  // namespace keur::reports::page
