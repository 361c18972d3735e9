#pragma once

#include <string>
#include <string_view>

namespace keur::reports {

// Appends `text` for XML or HTML content and quoted attributes: markup characters escaped, everything XML 1.0 forbids
// made visible.
void append_escaped(std::string& out, std::string_view text);
[[nodiscard]] std::string escaped(std::string_view text);

// The text when it is an http or https address and may stand in a link, else empty: a record may hold `javascript:`.
[[nodiscard]] std::string_view safe_address(std::string_view address);

}  // namespace keur::reports
