#pragma once

#include "evidence/record.h"
#include "protocol/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace keur {

// A known failure that someone answers for until a date. It changes no outcome: it is shown beside it, and the exit status passes over it.
struct Waiver {
    std::string rule;
    std::string client;    // empty: any
    std::string scenario;  // part of the case's name; empty: any
    std::string reason;
    std::string until;  // YYYY-MM-DD, the last day it holds
    std::string where;

    [[nodiscard]] bool covers(ScenarioResult const& result, Verdict const& verdict) const;
};

// Reads `waivers:` rows {rule, client, scenario, reason, until}. Fails on a row without reason or date, and on one that has run out on `today`.
[[nodiscard]] Result<std::vector<Waiver>> load_waivers(std::filesystem::path const& file, std::string const& today);

// The waivers that covered no failure of this run: each is an error, so that none outlives what it was for.
[[nodiscard]] std::vector<Waiver> unused(std::vector<Waiver> const& waivers, RunRecord const& record);

}  // namespace keur
