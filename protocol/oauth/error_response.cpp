#include "protocol/oauth/error_response.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::oauth {

namespace {

std::unexpected<Error> unusable(std::string what)
{
    return fail("error response", std::move(what), "see RFC 6749 §5.2");
}

bool is_error_code(std::string_view text)
{
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return c >= 0x20 && c <= 0x7e && c != '"' && c != '\\'; });
}

}  // namespace

Result<ErrorResponse> parse_error_response(std::string_view body)
{
    auto const json = parse_json(body, "error response");
    if (!json) return fail(json);
    if (!json->is_object()) return unusable(fmt::format("it is a JSON {}, not an object", json->type_name()));
    for (auto const* name : {"error", "error_description", "error_uri"}) {
        auto const found = json->find(name);
        if (found != json->end() && !found->is_string())
            return unusable(fmt::format("'{}' is of type {}, not a string", name, found->type_name()));
    }
    ErrorResponse response{text_member(*json, "error"), text_member(*json, "error_description"),
                           text_member(*json, "error_uri")};
    if (!is_error_code(response.error))
        return unusable(fmt::format("'error' is '{}', not an error code", excerpt(response.error, 60)));
    return response;
}

Json to_json(ErrorResponse const& error)
{
    Json json;
    json["error"] = error.error;
    if (!error.description.empty()) json["error_description"] = error.description;
    if (!error.uri.empty()) json["error_uri"] = error.uri;
    return json;
}

}  // namespace keur::oauth
