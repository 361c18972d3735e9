#include "clients/reference/representation.h"

#include "protocol/base/encoding.h"

#include <fmt/format.h>

namespace keur::reference {

namespace {

std::string party_in(Json const& claim)
{
    auto const type = text_member(claim, "sub_id_type");
    auto const words = text_member(claim, "sub") + (type.empty() ? "" : ", " + type);
    return fmt::format("{} ({})", printable(shortened(words, 100)),
                       printable(shortened(text_member(claim, "iss"), 100)));
}

}  // namespace

Result<std::string> represented_in(Json const& claims)
{
    constexpr int longest_chain = 5;
    std::string words;
    auto const* holder = &claims;
    for (int depth = 0; holder->contains("represents"); ++depth) {
        auto const& claim = (*holder)["represents"];
        if (!claim.is_object() || text_member(claim, "sub").empty() || text_member(claim, "iss").empty())
            return fail("sign-in", "the ID Token does not say for whom the user acts (represents)", "sign in again");
        if (depth == longest_chain)
            return fail("sign-in", "the user acts for others through too many (represents)", "sign in again");
        words = party_in(claim) + (words.empty() ? "" : " through " + words);
        holder = &claim;
    }
    return words;
}

}  // namespace keur::reference
