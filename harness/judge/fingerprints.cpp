#include "harness/judge/fingerprints.h"

#include "harness/judge/offered.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace keur {

namespace {

// What one platform documents binds nobody at another; what a standard says binds everywhere.
bool binds(Rule const& rule, std::string_view system)
{
    constexpr std::array<std::string_view, 2> standards{"oauth", "oidc"};
    return rule.summary.system == system || std::ranges::find(standards, rule.summary.system) != standards.end();
}

// A flow in which a value came.
struct Sighting {
    std::string fingerprint;
    std::string scenario;
};

// From harmless to grave.
int gravity(Outcome outcome)
{
    constexpr std::array order{Outcome::pass, Outcome::unsupported, Outcome::inconclusive, Outcome::broken,
                               Outcome::fail};
    return static_cast<int>(std::ranges::find(order, outcome) - order.begin());
}

std::string play_of(ScenarioResult const& result)
{
    return result.case_name.empty() ? result.scenario : fmt::format("{}[{}]", result.scenario, result.case_name);
}

std::vector<std::string> clients_of(std::vector<ScenarioResult> const& results)
{
    std::vector<std::string> clients;
    for (auto const& result : results)
        if (std::ranges::find(clients, result.client) == clients.end()) clients.push_back(result.client);
    return clients;
}

std::vector<Sighting> sightings(std::vector<ScenarioResult> const& results, std::string const& client,
                                std::string const& rule)
{
    std::vector<Sighting> found;
    for (auto const& result : results) {
        auto const values = result.fingerprints.find(rule);
        if (result.client != client || values == result.fingerprints.end()) continue;
        for (auto const& value : values->second) found.push_back({value, play_of(result)});
    }
    return found;
}

std::string unique_field(Rule const& rule)
{
    for (auto const& expectation : rule.watching)
        if (auto field = expectation.unique_field(); !field.empty()) return field;
    return {};
}

Verdict judge_values(Rule const& rule, std::string const& field, std::vector<Sighting> found)
{
    Verdict verdict{.rule = rule.summary.id,
                    .kind = RuleKind::standing,
                    .expected = fmt::format("{} never comes twice in a run", field)};
    std::ranges::stable_sort(found, {}, &Sighting::fingerprint);
    auto const twice = std::ranges::adjacent_find(found, {}, &Sighting::fingerprint);
    if (twice != found.end()) {
        verdict.outcome = Outcome::fail;
        verdict.whose = Whose::client;
        verdict.because = fmt::format("the same {} came in two flows: in {} and in {}", field, twice->scenario,
                                      std::next(twice)->scenario);
        verdict.seen = fmt::format("the value with the fingerprint {} in both", twice->fingerprint);
        return verdict;
    }
    constexpr std::size_t enough = 20;
    verdict.outcome = found.size() < 2 ? Outcome::inconclusive : Outcome::pass;
    verdict.whose = found.size() < 2 ? Whose::keur : Whose::nobody;
    verdict.because = found.size() < 2 ? fmt::format("only one {} was seen, so there was nothing to compare", field)
                                       : fmt::format("{} values of {} were seen and all differ{}", found.size(), field,
                                                     found.size() < enough ? "; they are few" : "");
    if (found.size() < 2) verdict.seen = "one value";
    return verdict;
}

// Of several expectations the worst speaks.
std::optional<Verdict> judge_offer(Rule const& rule, std::vector<judge::SeenHello> const& hellos,
                                   judge::Guideline const* guideline)
{
    auto const is_about_offers = [](Expectation const& one) { return one.offered() != nullptr; };
    if (std::ranges::none_of(rule.watching, is_about_offers)) return std::nullopt;
    std::vector<judge::SeenHello> bound;
    std::ranges::copy_if(hellos, std::back_inserter(bound),
                         [&](judge::SeenHello const& seen) { return binds(rule, seen.system); });
    std::optional<Verdict> worst;
    for (auto const& expectation : rule.watching) {
        auto verdict = expectation.offered() ? expectation.offered()->judge(bound, guideline) : std::nullopt;
        if (verdict && (!worst || gravity(verdict->outcome) > gravity(worst->outcome))) worst = std::move(verdict);
    }
    if (worst) worst->rule = rule.summary.id;
    return worst;
}

}  // namespace

std::vector<Verdict> judge_standing(RuleBook const& rules, std::string_view system, Transcript const& seen,
                                    Conduct const& conduct)
{
    std::vector<Verdict> verdicts;
    for (auto const& rule : rules.all()) {
        if (!binds(rule, system)) continue;
        std::optional<Verdict> worst;
        for (auto const& expectation : rule.watching) {
            auto verdict = expectation.judge(seen, conduct);
            if (verdict && (!worst || gravity(verdict->outcome) > gravity(worst->outcome))) worst = std::move(verdict);
        }
        if (worst) verdicts.push_back(std::move(*worst));
    }
    return verdicts;
}

std::map<std::string, std::vector<std::string>> fingerprints(RuleBook const& rules, std::string_view system,
                                                             Transcript const& seen)
{
    std::map<std::string, std::vector<std::string>> found;
    for (auto const& rule : rules.all()) {
        if (!binds(rule, system)) continue;
        for (auto const& expectation : rule.watching)
            for (auto& value : expectation.fingerprints(seen)) found[rule.summary.id].push_back(std::move(value));
    }
    return found;
}

std::vector<std::pair<std::string, Verdict>> judge_run(RuleBook const& rules,
                                                       std::vector<ScenarioResult> const& results,
                                                       judge::Guideline const* guideline)
{
    std::vector<std::pair<std::string, Verdict>> verdicts;
    for (auto const& client : clients_of(results)) {
        auto const hellos = judge::hellos_of(results, client);
        for (auto const& rule : rules.all()) {
            auto const field = unique_field(rule);
            auto found = field.empty() ? std::vector<Sighting>() : sightings(results, client, rule.summary.id);
            if (!found.empty()) verdicts.emplace_back(client, judge_values(rule, field, std::move(found)));
            if (auto offered = judge_offer(rule, hellos, guideline)) verdicts.emplace_back(client, std::move(*offered));
        }
    }
    return verdicts;
}

std::vector<Offer> offers_of(std::vector<ScenarioResult> const& results, judge::Guideline const& guideline)
{
    std::vector<Offer> offers;
    for (auto const& client : clients_of(results))
        if (auto const hellos = judge::hellos_of(results, client); !hellos.empty())
            offers.push_back(guideline.grade(client, hellos));
    return offers;
}

}  // namespace keur
