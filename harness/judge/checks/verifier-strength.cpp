#include "harness/judge/check.h"
#include "harness/judge/exchange.h"
#include "harness/judge/strength.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::judge {

namespace {

// Why a text is no code_verifier, in a clause that goes on `it …`; empty when it is one (RFC 7636 §4.1).
std::string malformed(std::string const& verifier)
{
    constexpr std::size_t shortest = 43;
    constexpr std::size_t longest = 128;
    constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    if (verifier.size() < shortest || verifier.size() > longest)
        return fmt::format("has {} characters, not {} to {}", verifier.size(), shortest, longest);
    if (verifier.find_first_not_of(unreserved) != std::string::npos)
        return "has characters other than letters, digits, '-', '.', '_' and '~'";
    return {};
}

std::optional<Finding> look(Transcript const& seen, Yaml const&)
{
    std::vector<std::string> verifiers;
    std::vector<int> evidence;
    for (auto const& exchange : exchanges(seen, "token")) {
        auto const verifier = text_at(*exchange.request, "form.code_verifier");
        if (verifier.empty()) continue;
        verifiers.push_back(verifier);
        evidence.push_back(exchange.request->id);
        auto weak = malformed(verifier);
        if (weak.empty()) weak = weakness(verifier, exchange.request->time);
        if (!weak.empty()) return Finding{false, "the code_verifier is weak: it " + weak, {exchange.request->id}};
    }
    if (verifiers.empty()) return std::nullopt;
    if (auto const weak = weakness_together(verifiers); !weak.empty())
        return Finding{false, "the code_verifier can be guessed: it " + weak, evidence};
    return Finding{true, "the code_verifier is long enough and looks random", evidence};
}

}  // namespace

// RFC 7636 §4.1, §7.1.
Check verifier_strength()
{
    return {.name = "verifier-strength",
            .title = "the code_verifier has 43 to 128 unreserved characters and is random",
            .accepts = takes_nothing,
            .look = look};
}

}  // namespace keur::judge
