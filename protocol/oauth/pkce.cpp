#include "protocol/oauth/pkce.h"

#include "protocol/base/encoding.h"
#include "protocol/base/names.h"
#include "protocol/jose/hash.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::oauth {

namespace {

bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

Result<void> check_text(std::string_view name, std::string_view text)
{
    constexpr std::string_view remedy = "send 43 to 128 of A-Z a-z 0-9 - . _ ~ (RFC 7636 §4.1)";
    if (text.size() < 43 || text.size() > 128)
        return fail({}, fmt::format("{} has {} characters, not 43 to 128", name, text.size()), std::string(remedy));
    auto const odd = std::ranges::find_if_not(text, is_unreserved);
    if (odd != text.end())
        return fail({}, fmt::format("{} has '{}' in it", name, printable(std::string_view(&*odd, 1))),
                    std::string(remedy));
    return {};
}

}  // namespace

std::string_view name(ChallengeMethod method)
{
    return method == ChallengeMethod::s256 ? "S256" : "plain";
}

Result<ChallengeMethod> parse_challenge_method(std::string_view given)
{
    for (auto const method : {ChallengeMethod::plain, ChallengeMethod::s256})
        if (given == name(method)) return method;
    return std::unexpected(unknown_name({}, "code_challenge_method", given, {"S256", "plain"}));
}

Result<void> check_verifier(std::string_view verifier)
{
    return check_text("code_verifier", verifier);
}

Result<void> check_challenge(std::string_view challenge, ChallengeMethod method)
{
    if (method == ChallengeMethod::plain) return check_text("code_challenge", challenge);
    auto const digest = from_base64url(challenge);
    if (!digest || digest->size() != 32)
        return fail({}, fmt::format("code_challenge '{}' is not a SHA-256 in base64url", excerpt(challenge, 60)),
                    "send the 43 characters of BASE64URL(SHA256(code_verifier)) (RFC 7636 §4.2)");
    return {};
}

std::string challenge_of(std::string_view verifier, ChallengeMethod method)
{
    return method == ChallengeMethod::s256 ? base64url(jose::sha256(verifier)) : std::string(verifier);
}

}  // namespace keur::oauth
