#pragma once

#include "evidence/record.h"

#include <functional>
#include <string>
#include <vector>

namespace keur::reports {

// One way of writing a run down. One file each in reports/formats/, `x.cpp` defining `Reporter x()`.
struct Reporter {
    std::string name;  // as in --report
    std::string file;  // in --out, such as `report.html`
    std::string title;
    std::function<std::string(RunRecord const&)> write;
};

// The table that the build writes from reports/formats/.
[[nodiscard]] std::vector<Reporter> const& reporters();

// The table on the terminal: client × outcome, then what failed and why. `colour` uses ANSI colours, `width` is in
// columns.
[[nodiscard]] std::string terminal_summary(RunRecord const& record, bool colour, int width);

}  // namespace keur::reports
