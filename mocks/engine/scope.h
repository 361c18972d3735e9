#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keur::mocks {

// The words of a scope (RFC 6749 §3.3); none of an empty one.
[[nodiscard]] std::vector<std::string> scope_words(std::string_view scope);
[[nodiscard]] bool scope_has(std::string_view scope, std::string_view word);
// Every word of `narrow` is in `wide`.
[[nodiscard]] bool scope_is_within(std::string_view narrow, std::string_view wide);
[[nodiscard]] std::string scope_without(std::string_view scope, std::vector<std::string> const& words);

}  // namespace keur::mocks
