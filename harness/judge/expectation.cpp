#include "harness/judge/expectation.h"

#include "harness/judge/check.h"
#include "harness/judge/demand.h"
#include "harness/judge/gates.h"
#include "harness/judge/offered.h"
#include "harness/judge/pattern.h"
#include "harness/judge/uniqueness.h"
#include "protocol/base/names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

namespace keur {

struct CompiledExpectation {
    std::vector<judge::Demand> demands;
    bool after_bait = false;
    std::optional<Pattern> after;
    std::optional<Pattern> given;
    std::optional<judge::Uniqueness> unique;
    std::optional<judge::Offered> offered;
};

namespace {

using judge::Answer;
using judge::Demand;
using judge::Reading;

std::vector<std::string> members_of(bool standing)
{
    std::vector<std::string> names{"after"};
    names.emplace_back(standing ? "given" : "rule");
    for (auto const& row : judge::demand_rows()) {
        if (!(standing ? row.in_standing : row.in_scenarios)) continue;
        names.emplace_back(row.name);
        for (auto const companion : row.companions)
            if (std::ranges::find(names, companion) == names.end()) names.emplace_back(companion);
    }
    return names;
}

std::vector<std::string> demand_names(bool standing)
{
    std::vector<std::string> names;
    for (auto const& row : judge::demand_rows())
        if (standing ? row.in_standing : row.in_scenarios) names.emplace_back(row.name);
    if (standing) names.insert(names.end(), {"unique-in-run", "offered-in-run"});
    return names;
}

// A member such as `has` or `at-most` must belong to exactly one demand that is there.
Result<void> companions_belong(Yaml const& source)
{
    std::map<std::string, std::vector<std::string>> owners;  // companion → demands it may belong to
    for (auto const& row : judge::demand_rows())
        for (auto const companion : row.companions) owners[std::string(companion)].emplace_back(row.name);
    for (auto const& [key, value] : source.members) {
        auto const found = owners.find(key.scalar);
        if (found == owners.end()) continue;
        auto const there =
            std::ranges::count_if(found->second, [&](auto const& owner) { return source.find(owner) != nullptr; });
        if (there == 1) continue;
        return key.wrong(fmt::format("'{}' belongs to {}, and {} stands here", key.scalar,
                                     fmt::join(found->second, " or "), there == 0 ? "none" : "more than one"),
                         there == 0 ? "add the one that is meant" : "make two expectations of it");
    }
    return {};
}

Result<std::vector<Demand>> compile_demands(Yaml const& source, bool standing)
{
    std::vector<Demand> demands;
    for (auto const& row : judge::demand_rows()) {
        auto const* argument = source.find(row.name);
        if (argument == nullptr) continue;
        if (standing && row.needs_given && source.find("given") == nullptr)
            return argument->wrong(fmt::format("a standing `{}` holds of a client that does nothing", row.name),
                                   "add `given: PATTERN`: what must have been seen before the rule says anything");
        auto demand = row.compile(*argument, source, standing);
        if (!demand) return fail(demand);
        demands.push_back(std::move(*demand));
    }
    if (demands.empty())
        return source.wrong("nothing is expected here",
                            fmt::format("add one of: {}", fmt::join(demand_names(standing), ", ")));
    return demands;
}

Result<void> compile_after(Yaml const& source, CompiledExpectation& compiled)
{
    for (auto const& [name, place] : {std::pair{"after", &compiled.after}, std::pair{"given", &compiled.given}}) {
        auto const* member = source.find(name);
        if (member == nullptr) continue;
        if (std::string_view(name) == "after" && member->is_scalar() && member->scalar == "bait") {
            compiled.after_bait = true;
            continue;
        }
        auto pattern = Pattern::compile(*member);
        if (!pattern) return fail(pattern);
        *place = std::move(*pattern);
    }
    return {};
}

// From where on the transcript counts; nullopt when that moment never came.
std::optional<int> start_of(CompiledExpectation const& compiled, Transcript const& seen, Conduct const& conduct)
{
    if (compiled.after_bait) return conduct.bait_id > 0 ? std::optional(conduct.bait_id) : std::nullopt;
    if (!compiled.after) return 0;
    auto const* first = compiled.after->first(seen);
    return first == nullptr ? std::nullopt : std::optional(first->id);
}

std::vector<Reading> read_all(CompiledExpectation const& compiled, judge::Play play, std::optional<int> start)
{
    play.after_id = start.value_or(0);
    std::vector<Reading> readings;
    for (auto const& demand : compiled.demands)
        readings.push_back(demand.uses_after && !start
                               ? Reading{Answer::nothing, "the moment after which it counts never came", {}}
                               : demand.read(play));
    if (compiled.given && compiled.given->first(play.transcript) == nullptr)
        for (auto& reading : readings)
            if (reading.answer != Answer::violated)
                reading = {Answer::nothing, fmt::format("no {} was seen", compiled.given->noun()), {}};
    return readings;
}

std::string joined(std::vector<std::string> const& clauses)
{
    return fmt::format("{}", fmt::join(clauses, ", and "));
}

Verdict verdict_of(judge::Ruling ruling, CompiledExpectation const& compiled, std::vector<Reading> const& readings)
{
    std::vector<std::string> expected;
    std::vector<std::string> seen;
    for (auto const& demand : compiled.demands) expected.push_back(demand.expected);
    for (auto const& reading : readings)
        if (!reading.seen.empty() && std::ranges::find(seen, reading.seen) == seen.end()) seen.push_back(reading.seen);
    Verdict verdict;
    verdict.outcome = ruling.outcome;
    verdict.whose = ruling.whose;
    verdict.expected = joined(expected);
    bool const passed = ruling.outcome == Outcome::pass;
    verdict.because = passed ? joined(seen) : std::move(ruling.because);
    if (!passed) verdict.seen = joined(seen);
    std::set<int> ids{ruling.evidence.begin(), ruling.evidence.end()};
    if (passed)
        for (auto const& reading : readings) ids.insert(reading.evidence.begin(), reading.evidence.end());
    verdict.evidence.assign(ids.begin(), ids.end());
    return verdict;
}

}  // namespace

Result<Expectation> Expectation::compile(Yaml const& source, std::string rule, bool standing)
{
    auto compiled = std::make_shared<CompiledExpectation>();
    Expectation expectation;
    expectation.rule_ = std::move(rule);
    if (standing && source.find("unique-in-run") != nullptr) {
        auto unique = judge::Uniqueness::compile(source);
        if (!unique) return fail(unique);
        compiled->unique = std::move(*unique);
    } else if (standing && source.find("offered-in-run") != nullptr) {
        auto offered = judge::Offered::compile(source);
        if (!offered) return fail(offered);
        compiled->offered = std::move(*offered);
    } else {
        if (auto const known = source.only("an expectation", members_of(standing)); !known) return fail(known);
        if (auto const belong = companions_belong(source); !belong) return fail(belong);
        auto demands = compile_demands(source, standing);
        if (!demands) return fail(demands);
        compiled->demands = std::move(*demands);
        if (auto const restricted = compile_after(source, *compiled); !restricted) return fail(restricted);
    }
    bool const negative = std::ranges::any_of(compiled->demands, &Demand::negative);
    expectation.kind_ = standing ? RuleKind::standing : negative ? RuleKind::negative : RuleKind::positive;
    expectation.compiled_ = std::move(compiled);
    return expectation;
}

std::optional<Verdict> Expectation::judge(Transcript const& seen, Conduct const& conduct) const
{
    if (compiled_->unique || compiled_->offered) return std::nullopt;
    judge::Play play{seen, conduct, 0};
    auto const readings = read_all(*compiled_, play, start_of(*compiled_, seen, conduct));
    judge::Judged const judged{compiled_->demands, readings, play, kind_ == RuleKind::negative};
    auto ruling = kind_ == RuleKind::standing ? judge::rule_standing(judged) : judge::rule_scenario(judged);
    if (!ruling) return std::nullopt;
    auto verdict = verdict_of(std::move(*ruling), *compiled_, readings);
    verdict.rule = rule_;
    verdict.kind = kind_;
    for (auto* text : {&verdict.because, &verdict.expected, &verdict.seen}) *text = seen.secrets.masked(*text);
    return verdict;
}

std::vector<std::string> Expectation::fingerprints(Transcript const& seen) const
{
    return compiled_->unique ? compiled_->unique->fingerprints(seen) : std::vector<std::string>();
}

std::string Expectation::unique_field() const
{
    return compiled_->unique ? compiled_->unique->text() : std::string();
}

judge::Offered const* Expectation::offered() const
{
    return compiled_->offered ? &*compiled_->offered : nullptr;
}

std::vector<std::string> expectation_members(bool standing)
{
    auto names = members_of(standing);
    if (!standing) return names;
    std::ranges::copy(judge::Uniqueness::members(), std::back_inserter(names));
    std::ranges::copy(judge::Offered::members(), std::back_inserter(names));
    return names;
}

std::vector<std::string> known_checks()
{
    std::vector<std::string> names;
    for (auto const& check : judge::checks()) names.push_back(check.name);
    return names;
}

}  // namespace keur
