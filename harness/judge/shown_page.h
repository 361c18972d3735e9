#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keur::judge {

// What a browser makes of a page's markup beside what its user reads.
struct ShownPage {
    std::vector<std::string> loaded;  // addresses that it gets by itself, as they are written
    std::string base;                 // what those are relative to, where the markup says so
    std::string referrer_policy;      // the last known one that the markup asks for; empty where it says nothing
};

[[nodiscard]] ShownPage read_shown_page(std::string_view markup);

}  // namespace keur::judge
