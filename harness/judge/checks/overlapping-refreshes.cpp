#include "harness/judge/check.h"
#include "harness/judge/exchange.h"

#include <fmt/format.h>

namespace keur::judge {

namespace {

std::optional<Finding> look(Transcript const& seen, Yaml const&)
{
    auto const all = exchanges(seen, "token");
    bool anything = false;
    for (auto first = all.begin(); first != all.end(); ++first) {
        auto const token = text_at(*first->request, "form.refresh_token");
        if (token.empty()) continue;
        anything = true;
        for (auto second = std::next(first); second != all.end(); ++second) {
            bool const before_answer = first->response == nullptr || second->request->time < first->answered() ||
                                       second->request->id < first->response->id;
            if (before_answer && text_at(*second->request, "form.refresh_token") == token)
                return Finding{false,
                               "a second refresh with the same refresh token was sent before the first was answered",
                               {first->request->id, second->request->id}};
        }
    }
    if (!anything) return std::nullopt;
    return Finding{true, "refreshes came one after the other", {}};
}

}  // namespace

// With rotation the second of two refreshes at once comes with a token that is already used up (RFC 9700 §4.14.2).
Check overlapping_refreshes()
{
    return {.name = "overlapping-refreshes",
            .title = "a connection is refreshed by one request at a time",
            .accepts = takes_nothing,
            .look = look};
}

}  // namespace keur::judge
