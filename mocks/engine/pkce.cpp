#include "mocks/engine/pkce.h"

#include "mocks/engine/state.h"
#include "protocol/oauth/pkce.h"

#include <algorithm>

namespace keur::mocks {

std::string challenge_fault(PlatformState const& state, http::Form const& request)
{
    auto const& demand = state.switches.text("authorization.pkce");
    if (demand == "ignored") return {};
    auto const challenge = request.get("code_challenge");  // without a value it counts as absent (RFC 6749 §3.1)
    auto const method = request.get("code_challenge_method");
    if (challenge.empty()) {
        if (!method.empty()) return "code_challenge_method came without code_challenge";
        return demand == "required" ? "code_challenge is missing" : "";
    }
    auto const known = oauth::parse_challenge_method(method.empty() ? "plain" : method);
    if (!known) return known.error().what;
    auto const allowed = state.switches.texts("authorization.challenge-methods");
    if (std::ranges::find(allowed, oauth::name(*known)) == allowed.end())
        return "code_challenge_method must be S256 here";
    auto const right = oauth::check_challenge(challenge, *known);
    return right ? "" : right.error().what;
}

std::string pkce_mismatch(PlatformState const& state, std::string const& challenge, std::string const& method,
                          http::Form const& form)
{
    if (state.switches.is("authorization.pkce", "ignored")) return {};
    auto const verifier = form.get("code_verifier");
    if (challenge.empty())
        return verifier.empty() ? "" : "code_verifier came, but the authorization request had no code_challenge";
    if (verifier.empty()) return "code_verifier is missing";
    if (auto const right = oauth::check_verifier(verifier); !right) return right.error().what;
    auto const known = oauth::parse_challenge_method(method);
    return known && oauth::challenge_of(verifier, *known) == challenge ? "" : "code_verifier does not fit";
}

void note_verifier(PlatformState& state, std::string const& client_id, http::Form const& form)
{
    auto const verifier = form.get("code_verifier");
    if (!oauth::check_verifier(verifier)) return;
    state.transcript.secrets.add("code-verifier", verifier, state.clock.now()).client_id = client_id;
}

}  // namespace keur::mocks
