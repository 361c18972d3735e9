#include "harness/judge/vocabulary.h"

#include <algorithm>
#include <array>

namespace keur::judge {

std::vector<KindRow> const& kinds()
{
    static std::vector<KindRow> const table{
        {"handshake",
         "a TLS handshake",
         "",
         {"from", "connection", "outcome", "version", "suite", "alert", "detail", "hello", "stranger",
          "certificate-asked", "certificate"}},
        {"request",
         "a request",
         "",
         {"connection", "secure", "stranger", "certificate", "method", "target", "path", "endpoint", "query", "header",
          "cookie", "form", "json", "body", "media-type", "basic", "repeated"}},
        {"response",
         "an answer",
         "",
         {"to", "endpoint", "status", "header", "body", "json", "faults", "delivered", "delivered-after", "whole"}},
        {"fault", "a fault", "", {"name", "argument", "endpoint", "to", "delivered"}},
        {"navigate",
         "a step of the browser",
         "user",
         {"url", "method", "query", "form", "status", "location", "header"}},
        {"page", "a page", "user", {"url", "status", "title", "text", "forms", "html"}},
        {"deliver", "a callback", "user", {"url", "query", "form"}},
        {"notice", "a notice to the client", "client", {"endpoint", "url", "query", "form", "delivered"}},
        {"reply", "a reply of the client", "client", {"to", "endpoint", "status", "header", "body", "json"}},
        {"command", "a command to the client", "client", {"message"}},
        {"answer", "an answer of the client", "client", {"message", "says"}},
        {"output", "output of the client", "client", {"stream", "text"}},
        {"exit", "an exit of the client", "client", {"status", "signal", "by", "why"}},
        {"clock", "a move of the clock", "clock", {"by", "how"}},
        {"note", "a note", "keur", {"text", "whose"}},
    };
    return table;
}

bool KindRow::has_endpoint() const
{
    return std::ranges::find(fields, "endpoint") != fields.end();
}

KindRow const* find_kind(std::string_view name)
{
    auto const row = std::ranges::find(kinds(), name, &KindRow::name);
    return row == kinds().end() ? nullptr : &*row;
}

std::vector<std::string> kind_names()
{
    std::vector<std::string> names;
    for (auto const& row : kinds()) names.emplace_back(row.name);
    return names;
}

bool is_silent_party(std::string_view name)
{
    constexpr std::array<std::string_view, 4> parties{"user", "client", "clock", "keur"};
    return std::ranges::find(parties, name) != parties.end();
}

std::vector<std::string> const& secret_kinds()
{
    static std::vector<std::string> const kinds{"code",          "access-token", "refresh-token", "client-secret",
                                                "code-verifier", "password",     "session",       "temporary-token",
                                                "private-key",   "assertion",    "id-token"};
    return kinds;
}

}  // namespace keur::judge
