#include "harness/judge/referrer_policy.h"

#include "harness/user/html.h"

#include <algorithm>
#include <array>

namespace keur::judge {

namespace {

struct Row {
    std::string_view name;
    bool keeps_query;
};
constexpr std::array policies{
    Row{"no-referrer", true},
    Row{"same-origin", true},
    Row{"origin", true},
    Row{"strict-origin", true},
    Row{"origin-when-cross-origin", true},
    Row{"strict-origin-when-cross-origin", true},
    Row{"no-referrer-when-downgrade", false},
    Row{"unsafe-url", false},
};

struct OlderWord {
    std::string_view word;
    std::string_view policy;
};
constexpr std::array older_words{
    OlderWord{"never", "no-referrer"},
    OlderWord{"default", "strict-origin-when-cross-origin"},
    OlderWord{"always", "unsafe-url"},
    OlderWord{"origin-when-crossorigin", "origin-when-cross-origin"},
};

Row const* known(std::string_view name)
{
    auto const row = std::ranges::find(policies, name, &Row::name);
    return row == policies.end() ? nullptr : &*row;
}

std::string word(std::string_view text)
{
    constexpr std::string_view space = " \t\r\f";
    auto const first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return html::lower(text.substr(first, text.find_last_not_of(space) - first + 1));
}

}  // namespace

std::string referrer_policy(std::string_view header)
{
    std::string policy;
    while (!header.empty()) {
        auto const piece = header.substr(0, header.find_first_of(",\n"));
        header.remove_prefix(std::min(piece.size() + 1, header.size()));
        if (auto token = word(piece); known(token) != nullptr) policy = std::move(token);
    }
    return policy;
}

std::string referrer_policy_of_meta(std::string_view content)
{
    auto const token = word(content);
    auto const older = std::ranges::find(older_words, token, &OlderWord::word);
    if (older != older_words.end()) return std::string(older->policy);
    return known(token) == nullptr ? std::string() : token;
}

bool keeps_query(std::string_view policy)
{
    auto const* row = known(policy);
    return row != nullptr && row->keeps_query;
}

}  // namespace keur::judge
