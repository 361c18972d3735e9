#pragma once

#include <map>
#include <string>

namespace keur::mocks {

// The texts of the pages by name, in English: what a profile does not say in its own language.
[[nodiscard]] std::map<std::string, std::string> const& page_texts();

}  // namespace keur::mocks
