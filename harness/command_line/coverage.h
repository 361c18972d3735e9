#pragma once

#include "protocol/base/json.h"

namespace keur::command_line {

// Prints for each row of `list rules` whether it can be observed and why not, which scenarios judge it and which mutants
// break it; then the sums of each system.
void print_coverage(Json const& rules);

}  // namespace keur::command_line
