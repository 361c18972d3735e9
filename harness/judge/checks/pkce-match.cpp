#include "harness/judge/check.h"
#include "harness/judge/exchange.h"
#include "protocol/base/encoding.h"
#include "protocol/jose/hash.h"

#include <fmt/format.h>

namespace keur::judge {

namespace {

// Why verifier and challenge do not belong together; empty when they do.
std::string mismatch(std::string const& verifier, std::string const& challenge, std::string const& method)
{
    if (challenge.empty()) return "a code_verifier was sent for a request without code_challenge";
    if (verifier.empty()) return "the code_verifier of a request with code_challenge was not sent";
    auto const derived = method == "S256" ? base64url(jose::sha256(verifier)) : verifier;
    if (derived != challenge) return "the code_verifier does not belong to the code_challenge of its request";
    return {};
}

std::optional<Finding> look(Transcript const& seen, Yaml const&)
{
    std::vector<int> evidence;
    for (auto const& [authorization, token_request] : redemptions(seen)) {
        auto const verifier = text_at(*token_request, "form.code_verifier");
        auto const challenge = text_at(*authorization, "query.code_challenge");
        if (verifier.empty() && challenge.empty()) continue;
        auto wrong = mismatch(verifier, challenge, text_at(*authorization, "query.code_challenge_method"));
        if (!wrong.empty()) return Finding{false, std::move(wrong), {authorization->id, token_request->id}};
        evidence.insert(evidence.end(), {authorization->id, token_request->id});
    }
    if (evidence.empty()) return std::nullopt;
    return Finding{true, "each code_verifier belongs to the code_challenge of its request", evidence};
}

}  // namespace

// RFC 7636 §4.5, §4.6.
Check pkce_match()
{
    return {.name = "pkce-match",
            .title = "the code_verifier is the one of the authorization request that the code answers",
            .accepts = takes_nothing,
            .look = look};
}

}  // namespace keur::judge
