#pragma once

#include "protocol/base/json.h"

#include <set>
#include <string>
#include <string_view>

namespace keur::reports::page {

// Appends the message exchange of one scenario as a sequence diagram. Observations in `cited` are marked, shown in
// full, and get the anchor `<anchor>-<id>`. The transcript may come from anywhere.
void append_sequence(std::string& out, Json const& transcript, std::set<int> const& cited, std::string const& anchor);

// Appends one observation in a line, with its fields to unfold.
void append_observation(std::string& out, Json const& transcript, int id);

}  // namespace keur::reports::page
