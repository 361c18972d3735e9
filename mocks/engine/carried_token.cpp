#include "mocks/engine/carried_token.h"

#include "protocol/base/json.h"

#include <array>

namespace keur::mocks {

namespace {

constexpr std::array members{"id_token", "signed_metadata", "logout_token"};

bool is_token(http::Response const& response)
{
    return response.media_type() == "application/jwt";
}

}  // namespace

std::string token_carried_by(http::Response const& response)
{
    if (is_token(response)) return response.body;
    auto const body = parse_json(response.body, "the answer");
    if (!body) return {};
    for (auto const* name : members)
        if (auto token = text_member(*body, name); !token.empty()) return token;
    return {};
}

void carry(http::Response& response, std::string const& token)
{
    if (is_token(response)) {
        response.body = token;
        return;
    }
    auto body = parse_json(response.body, "the answer");
    if (!body) return;
    for (auto const* name : members)
        if (body->contains(name)) (*body)[name] = token;
    response.body = to_line(*body);
}

}  // namespace keur::mocks
