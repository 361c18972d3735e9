#pragma once

#include <string>
#include <vector>

namespace keur::scenario {

// Names of the members that files may have, for the loaders and for the JSON Schemas in docs/schemas/.
[[nodiscard]] std::vector<std::string> const& scenario_members();
[[nodiscard]] std::vector<std::string> const& given_members();
[[nodiscard]] std::vector<std::string> const& client_members();
[[nodiscard]] std::vector<std::string> const& page_members();
[[nodiscard]] std::vector<std::string> const& sign_members();  // of `done:` and `refused:` of a page

}  // namespace keur::scenario
