#include "harness/command_line/exit_status.h"

#include <algorithm>

namespace keur::command_line {

Exit exit_status(RunRecord const& record, std::vector<Waiver> const& waivers, bool should_counts)
{
    std::map<std::string, Level> levels;
    for (auto const& rule : record.header.rules) levels[rule.id] = rule.level;
    bool judged = false;
    bool unclear = !record.complete;
    auto const is_breach = [&](Verdict const& verdict) {
        auto const level = levels.find(verdict.rule);
        return verdict.outcome == Outcome::fail &&
               (should_counts || level == levels.end() || level->second == Level::must);
    };
    bool broken_rule = std::ranges::any_of(record.run_wide, is_breach);
    for (auto const& result : record.results)
        for (auto const& verdict : result.verdicts) {
            judged = judged || verdict.outcome != Outcome::unsupported;
            bool const waived =
                std::ranges::any_of(waivers, [&](auto const& waiver) { return waiver.covers(result, verdict); });
            if (waived) continue;
            broken_rule = broken_rule || is_breach(verdict);
            unclear = unclear || verdict.outcome == Outcome::inconclusive || verdict.outcome == Outcome::broken;
        }
    if (broken_rule) return Exit::rule_broken;
    if (!judged) return Exit::nothing_ran;
    return unclear ? Exit::inconclusive : Exit::passed;
}

}  // namespace keur::command_line
