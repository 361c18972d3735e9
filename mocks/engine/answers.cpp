#include "mocks/engine/answers.h"

#include <algorithm>

namespace keur::mocks {

http::Response json_answer(int status, Json const& body)
{
    return {status,
            {{"Content-Type", "application/json;charset=UTF-8"},
             {"Cache-Control", "no-store"},
             {"Pragma", "no-cache"},
             {"X-Content-Type-Options", "nosniff"}},
            to_line(body)};
}

http::Response see_other(std::string location)
{
    return {303,
            {{"Location", std::move(location)}, {"Cache-Control", "no-store"}, {"Referrer-Policy", "no-referrer"}},
            {}};
}

http::Response plain_text(int status, std::string text)
{
    return {status,
            {{"Content-Type", "text/plain;charset=UTF-8"},
             {"Cache-Control", "no-store"},
             {"X-Content-Type-Options", "nosniff"}},
            std::move(text)};
}

std::string description_of(std::string text)
{
    std::ranges::replace_if(text, [](char c) { return c < ' ' || c > '~' || c == '"' || c == '\\'; }, '?');
    return text;
}

http::Response to_response(OAuthError const& error)
{
    Json body{{"error", error.error}};
    if (!error.description.empty()) body["error_description"] = description_of(error.description);
    auto response = json_answer(error.status, body);
    if (!error.challenge.empty()) response.headers.add("WWW-Authenticate", error.challenge);
    return response;
}

}  // namespace keur::mocks
