#include "protocol/oauth/token_response.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::oauth {

namespace {

std::unexpected<Error> unusable(std::string what)
{
    return fail("token response", std::move(what), "see RFC 6749 §5.1");
}

bool is_visible(std::string_view text)  // VSCHAR, RFC 6749 Appendix A
{
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c <= 0x7e; });
}

bool is_scope(std::string_view text)  // RFC 6749 §3.3; some servers send an empty one
{
    bool const is_spaced = !text.starts_with(' ') && !text.ends_with(' ') && text.find("  ") == std::string_view::npos;
    return is_spaced && is_visible(text) && text.find_first_of("\"\\") == std::string_view::npos;
}

struct Member {
    std::string_view name;
    std::optional<std::string> TokenResponse::* optional;
    std::string TokenResponse::* required;
    bool (*has_right_characters)(std::string_view);
};

constexpr std::array members{
    Member{"access_token", nullptr, &TokenResponse::access_token, is_visible},
    Member{"token_type", nullptr, &TokenResponse::token_type, is_visible},
    Member{"refresh_token", &TokenResponse::refresh_token, nullptr, is_visible},
    Member{"scope", &TokenResponse::scope, nullptr, is_scope},
    Member{"id_token", &TokenResponse::id_token, nullptr, is_visible},
};

// Values are named by their type only: a token must not end up in a message.
Result<void> read_text(Json const& json, Member const& member, TokenResponse& response)
{
    auto const found = json.find(std::string(member.name));
    if (found == json.end()) {
        if (member.required != nullptr) return unusable(fmt::format("'{}' is missing", member.name));
        return {};
    }
    if (!found->is_string())
        return unusable(fmt::format("'{}' is of type {}, not a string", member.name, found->type_name()));
    auto text = found->get<std::string>();
    if (!member.has_right_characters(text))
        return unusable(fmt::format("'{}' has characters that are not allowed in it", member.name));
    if (member.required != nullptr && text.empty()) return unusable(fmt::format("'{}' is empty", member.name));
    if (member.required != nullptr)
        response.*member.required = std::move(text);
    else
        response.*member.optional = std::move(text);
    return {};
}

Result<void> read_lifetime(Json const& json, TokenResponse& response)
{
    constexpr std::uint64_t longest = 100ULL * 366 * 86'400;  // a century, so that adding it to a clock is safe
    auto const found = json.find("expires_in");
    if (found == json.end()) return {};
    auto const quoted = shortened(to_line(*found), 40);
    if (!found->is_number_unsigned())
        return unusable(fmt::format("'expires_in' is {}, not a whole number of seconds", quoted));
    if (found->get<std::uint64_t>() > longest)
        return unusable(fmt::format("'expires_in' is {}, more than a century", quoted));
    response.expires_in = std::chrono::seconds(found->get<std::int64_t>());
    return {};
}

bool is_known(std::string_view name)
{
    return name == "expires_in" || std::ranges::find(members, name, &Member::name) != members.end();
}

}  // namespace

Result<TokenResponse> parse_token_response(std::string_view body)
{
    auto const json = parse_json(body, "token response");
    if (!json) return fail(json);
    if (!json->is_object()) return unusable(fmt::format("it is a JSON {}, not an object", json->type_name()));
    TokenResponse response;
    for (auto const& member : members)
        if (auto const read = read_text(*json, member, response); !read) return fail(read);
    if (auto const read = read_lifetime(*json, response); !read) return fail(read);
    for (auto const& [name, value] : json->items())
        if (!is_known(name)) response.others[name] = value;
    return response;
}

Result<TokenResponse> parse_token_response(http::Response const& response)
{
    if (response.status != 200) return unusable(fmt::format("its status is {}, not 200", response.status));
    if (auto const type = response.media_type(); type != "application/json")
        return unusable(fmt::format("its media type is '{}', not application/json", excerpt(type, 60)));
    return parse_token_response(response.body);
}

Json to_json(TokenResponse const& response)
{
    Json json;
    json["access_token"] = response.access_token;
    json["token_type"] = response.token_type;
    if (response.expires_in) json["expires_in"] = static_cast<std::uint64_t>(response.expires_in->count());
    if (response.refresh_token) json["refresh_token"] = *response.refresh_token;
    if (response.scope) json["scope"] = *response.scope;
    if (response.id_token) json["id_token"] = *response.id_token;
    for (auto const& [name, value] : response.others.items()) json[name] = value;
    return json;
}

}  // namespace keur::oauth
