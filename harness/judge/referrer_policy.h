#pragma once

#include <string>
#include <string_view>

namespace keur::judge {

// What a page tells the servers of others of its address (W3C Referrer Policy), in lower case; empty where nothing is said.
// Of a list, and of several headers, one by line, the last policy that is known counts (§8.1), as fallbacks stand first.
[[nodiscard]] std::string referrer_policy(std::string_view header);
// The same from <meta name="referrer">, which has one policy and older words for some (HTML §4.2.5.1).
[[nodiscard]] std::string referrer_policy_of_meta(std::string_view content);

// Under it no other site learns the query of the page's address (§3).
[[nodiscard]] bool keeps_query(std::string_view policy);

}  // namespace keur::judge
