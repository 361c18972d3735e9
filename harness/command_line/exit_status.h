#pragma once

#include "evidence/record.h"
#include "harness/command_line/commands.h"
#include "harness/run/waiver.h"

#include <vector>

namespace keur::command_line {

// 0 all that ran passed (or is waived), 1 a rule was broken, 3 inconclusive or broken results and nothing worse, 4 nothing ran.
// A broken SHOULD or MAY counts only with `should_counts`.
[[nodiscard]] Exit exit_status(RunRecord const& record, std::vector<Waiver> const& waivers, bool should_counts);

}  // namespace keur::command_line
