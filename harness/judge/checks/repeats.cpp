#include "harness/judge/check.h"
#include "harness/judge/exchange.h"

#include <fmt/format.h>

namespace keur::judge {

namespace {

// A 4xx that will be the same next time; 408 and 429 ask for another try.
bool is_final(int status)
{
    return status >= 400 && status < 500 && status != 408 && status != 429;
}

Result<void> accepts(Yaml const& with)
{
    if (with.is_null()) return {};
    if (auto const known = with.only("`with`", {"ever"}); !known) return known;
    auto const* ever = with.find("ever");
    if (ever == nullptr) return {};
    auto const answer = ever->yes_no();
    if (!answer) return fail(answer);
    return {};
}

std::optional<Finding> look(Transcript const& seen, Yaml const& with)
{
    auto const* ever = with.find("ever");
    bool const also_when_told = ever != nullptr && ever->yes_no().value_or(false);
    auto const all = exchanges(seen, "token");
    bool anything = false;
    for (auto refused = all.begin(); refused != all.end(); ++refused) {
        if (!is_final(refused->status())) continue;
        // That one asks for the request once more (RFC 9449 §8).
        if (text_at(*refused->response, "json.error") == "use_dpop_nonce") continue;
        anything = true;
        for (auto later = std::next(refused); later != all.end(); ++later)
            if (text_at(*later->request, "body") == text_at(*refused->request, "body") &&
                later->request->id > refused->response->id &&
                (also_when_told || !was_told_between(seen, refused->response->id, later->request->id)))
                return Finding{false,
                               fmt::format("the same token request was sent again after a {}", refused->status()),
                               {refused->request->id, refused->response->id, later->request->id}};
    }
    if (!anything) return std::nullopt;
    return Finding{true, "the refused token request was not sent again", {}};
}

}  // namespace

// With {ever: yes} also when keur told the client to go on: the request will never be right again.
Check repeats()
{
    return {.name = "repeats",
            .title = "a token request that was refused for good is not sent again",
            .negative = true,
            .accepts = accepts,
            .look = look};
}

}  // namespace keur::judge
