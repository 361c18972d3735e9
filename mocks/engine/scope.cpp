#include "mocks/engine/scope.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace keur::mocks {

std::vector<std::string> scope_words(std::string_view scope)
{
    std::vector<std::string> words;
    for (std::size_t from = 0; from < scope.size();) {
        auto const to = std::min(scope.find(' ', from), scope.size());
        if (to > from) words.emplace_back(scope.substr(from, to - from));
        from = to + 1;
    }
    return words;
}

bool scope_has(std::string_view scope, std::string_view word)
{
    auto const words = scope_words(scope);
    return std::ranges::find(words, word) != words.end();
}

bool scope_is_within(std::string_view narrow, std::string_view wide)
{
    return std::ranges::all_of(scope_words(narrow), [&](std::string const& word) { return scope_has(wide, word); });
}

std::string scope_without(std::string_view scope, std::vector<std::string> const& words)
{
    auto kept = scope_words(scope);
    std::erase_if(kept, [&](std::string const& word) { return std::ranges::find(words, word) != words.end(); });
    return fmt::format("{}", fmt::join(kept, " "));
}

}  // namespace keur::mocks
