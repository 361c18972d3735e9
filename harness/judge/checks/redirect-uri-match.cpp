#include "harness/judge/check.h"
#include "harness/judge/exchange.h"

namespace keur::judge {

namespace {

std::optional<Finding> look(Transcript const& seen, Yaml const&)
{
    std::vector<int> evidence;
    for (auto const& [authorization, token_request] : redemptions(seen)) {
        auto const asked = text_at(*authorization, "query.redirect_uri");
        auto const sent = text_at(*token_request, "form.redirect_uri");
        if (asked.empty()) continue;
        if (asked != sent)
            return Finding{false,
                           sent.empty() ? "the token request has no redirect_uri, the authorization request has one"
                                        : "the token request's redirect_uri is not that of its authorization request",
                           {authorization->id, token_request->id}};
        evidence.insert(evidence.end(), {authorization->id, token_request->id});
    }
    if (evidence.empty()) return std::nullopt;
    return Finding{true, "both requests name the same redirect_uri", evidence};
}

}  // namespace

// RFC 6749 §4.1.3: identical, byte for byte.
Check redirect_uri_match()
{
    return {.name = "redirect-uri-match",
            .title = "the token request repeats the redirect_uri of its authorization request byte for byte",
            .accepts = takes_nothing,
            .look = look};
}

}  // namespace keur::judge
