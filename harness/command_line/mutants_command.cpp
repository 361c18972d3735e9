#include "harness/command_line/commands.h"
#include "harness/command_line/places.h"
#include "harness/command_line/progress.h"
#include "harness/run/mutant.h"
#include "harness/run/run.h"
#include "reports/wording.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <random>
#include <set>

namespace keur::command_line {

namespace {

struct Wishes {
    std::string pattern;
    std::vector<std::string> tags;
    std::string reference = "reference";
    std::size_t workers = default_workers();
    bool all_cases = false;
    bool verbose = false;
    std::string out = "keur-mutants";
};

// The systems that its row names, else those whose own rules it breaks; none when it breaks rules of the plain standards only.
std::set<std::string> systems_of(Catalogue const& catalogue, Mutant const& mutant)
{
    std::set<std::string> systems(mutant.systems.begin(), mutant.systems.end());
    if (!systems.empty()) return systems;
    for (auto const& id : mutant.breaks)
        if (auto const* rule = catalogue.rules.find(id); catalogue.systems.contains(rule->summary.system))
            systems.insert(rule->summary.system);
    return systems;
}

// The cases that can tell a mutant from the clean client: those that judge a rule it breaks, and for rules that stand, one
// case of each flow (standing rules also watch controls, which come with any case).
std::vector<ScenarioCase const*> telling_cases(Catalogue const& catalogue, Mutant const& mutant)
{
    std::vector<ScenarioCase const*> cases;
    std::set<std::string> flows;
    auto const concerned = systems_of(catalogue, mutant);
    auto const judges = [&](ScenarioCase const& play) {
        return std::ranges::any_of(play.expectations, [&](auto const& expectation) {
            return std::ranges::find(mutant.breaks, expectation.rule()) != mutant.breaks.end();
        });
    };
    for (auto const& play : catalogue.cases) {
        if (!mutant.systems.empty() && !concerned.contains(play.system)) continue;
        bool const can_stand = concerned.empty() || concerned.contains(play.system);
        bool const first_of_flow = can_stand && flows.insert(play.system + '/' + play.flow).second;
        if (judges(play) || first_of_flow) cases.push_back(&play);
    }
    return cases;
}

// Rules that failed, by client.
std::map<std::string, std::set<std::string>> broken_rules(RunRecord const& record)
{
    std::map<std::string, std::set<std::string>> broken;
    for (auto const& result : record.results)
        for (auto const& verdict : result.verdicts)
            if (verdict.outcome == Outcome::fail) broken[result.client].insert(verdict.rule);
    for (std::size_t i = 0; i < record.run_wide.size(); ++i)
        if (record.run_wide[i].outcome == Outcome::fail)
            broken[record.run_wide_clients[i]].insert(record.run_wide[i].rule);
    return broken;
}

// Everything that is not a pass for the clean client: the matrix proves nothing while there is any.
std::vector<std::string> complaints_about_clean(RunRecord const& record)
{
    auto const is_clean = [](std::string const& client) { return !client.starts_with("mutant:"); };
    std::vector<std::string> complaints;
    for (auto const& result : record.results)
        for (auto const& verdict : result.verdicts)
            if (is_clean(result.client) && verdict.outcome != Outcome::pass)
                complaints.push_back(fmt::format("{}{}{}: {} {}: {}", result.scenario,
                                                 result.case_name.empty() ? "" : "/", result.case_name, verdict.rule,
                                                 name(verdict.outcome), verdict.because));
    for (std::size_t i = 0; i < record.run_wide.size(); ++i)
        if (is_clean(record.run_wide_clients[i]) && record.run_wide[i].outcome != Outcome::pass)
            complaints.push_back(fmt::format("whole run: {} {}: {}", record.run_wide[i].rule,
                                             name(record.run_wide[i].outcome), record.run_wide[i].because));
    return complaints;
}

// The clean clients by name: the one that mutants are of, and those that single mutants name.
using CleanClients = std::map<std::string, Client>;

Plan matrix(Catalogue const& catalogue, std::vector<Mutant> const& mutants, CleanClients const& clean,
            Wishes const& wishes)
{
    std::vector<ScenarioCase const*> every;
    for (auto const& play : catalogue.cases) every.push_back(&play);
    std::vector<Client> all;
    for (auto const& [name, client] : clean) all.push_back(client);
    auto plan = make_plan(catalogue, std::move(all), every);
    for (auto const& mutant : mutants) {
        auto part = make_plan(catalogue, {as_client(mutant, clean.at(mutant.of))},
                              wishes.all_cases ? every : telling_cases(catalogue, mutant));
        auto const first_client = plan.clients.size();
        auto const first_job = plan.jobs.size();
        plan.clients.push_back(std::move(part.clients.front()));
        for (auto job : part.jobs) {
            job.client = first_client;
            if (job.control != Job::none) job.control += first_job;
            plan.jobs.push_back(job);
        }
    }
    return plan;
}

// Prints the matrix; returns how many things are wrong with it.
std::size_t print_matrix(Catalogue const& catalogue, std::vector<Mutant> const& mutants, RunRecord const& record,
                         Wishes const& wishes)
{
    auto const broken = broken_rules(record);
    auto const clean = complaints_about_clean(record);
    std::size_t wrong = clean.size();
    for (auto const& complaint : clean) std::printf("clean client: %s\n", complaint.c_str());
    for (auto const& mutant : mutants) {
        auto const found = broken.find("mutant:" + mutant.name);
        auto const caught = found == broken.end() ? std::set<std::string>{} : found->second;
        std::vector<std::string> missed;
        std::vector<std::string> beside;
        for (auto const& rule : mutant.breaks)
            if (!caught.contains(rule)) missed.push_back(rule);
        for (auto const& rule : caught)
            if (std::ranges::find(mutant.breaks, rule) == mutant.breaks.end()) beside.push_back(rule);
        wrong += missed.empty() ? 0 : 1;
        if (!missed.empty())
            std::printf("NOT CAUGHT  %s: %s does not fail\n", mutant.name.c_str(),
                        fmt::format("{}", fmt::join(missed, ", ")).c_str());
        else if (wishes.verbose)
            std::printf("caught      %s by %s%s\n", mutant.name.c_str(),
                        fmt::format("{}", fmt::join(mutant.breaks, ", ")).c_str(),
                        beside.empty() ? "" : fmt::format(" (also {})", fmt::join(beside, ", ")).c_str());
    }
    auto const proof = proven_by(mutants);
    std::vector<std::string> unproven;
    for (auto const& rule : catalogue.rules.all())
        if (rule.summary.observable && !proof.contains(rule.summary.id)) unproven.push_back(rule.summary.id);
    bool const whole = wishes.pattern.empty() && wishes.tags.empty();  // of a part nothing follows for the other rules
    if (whole && !unproven.empty())
        std::printf("unproven rules (no mutant breaks them): %s\n",
                    fmt::format("{}", fmt::join(unproven, ", ")).c_str());
    std::printf("%s, %s proven%s; clean client: %s; %.1f s\n",
                reports::counted(mutants.size(), "mutant", "mutants").c_str(),
                reports::counted(proof.size(), "rule", "rules").c_str(),
                whole ? fmt::format(", {} unproven", unproven.size()).c_str() : "",
                reports::counted(clean.size(), "complaint", "complaints").c_str(), record.seconds);
    return wrong;
}

// With another program every mutant would be that program unchanged.
bool shows_flaws(Client const& client)
{
    return !client.start.empty() && std::filesystem::path(client.start.front()).filename() == "keur-reference";
}

Result<CleanClients> load_clean_clients(std::vector<std::filesystem::path> const& roots,
                                        std::vector<Mutant> const& mutants)
{
    CleanClients clean;
    for (auto const& mutant : mutants) {
        if (clean.contains(mutant.of)) continue;
        auto client = load_client(roots, mutant.of);
        if (!client) return fail(client);
        if (!shows_flaws(*client))
            return fail(
                "keur mutants --client",
                fmt::format("mutants are flaws of the reference client, and '{}' has none of them", client->name),
                "leave --client out, or name a folder whose client.yaml starts keur-reference");
        clean.emplace(mutant.of, std::move(*client));
    }
    return clean;
}

// Of the catalogue the scenarios with one of these tags; of the mutants what no other scenario judges.
void keep_tagged(std::vector<std::string> const& tags, Catalogue& catalogue, std::vector<Mutant>& mutants)
{
    auto const rest = std::ranges::stable_partition(catalogue.cases, [&](auto const& play) {
        return std::ranges::find_first_of(play.tags, tags) != play.tags.end();
    });
    std::set<std::string> judged;
    for (auto play = catalogue.cases.begin(); play != rest.begin(); ++play)
        for (auto const& expectation : play->expectations) judged.insert(expectation.rule());
    for (auto const& play : rest)
        for (auto const& expectation : play.expectations) judged.erase(expectation.rule());
    catalogue.cases.erase(rest.begin(), rest.end());
    for (auto& mutant : mutants) std::erase_if(mutant.breaks, [&](auto const& rule) { return !judged.contains(rule); });
    std::erase_if(mutants, [](auto const& mutant) { return mutant.breaks.empty(); });
}

Result<Exit> perform(Shared const& shared, Wishes const& wishes)
{
    auto const roots = data_roots(shared.data);
    auto catalogue = load_or_complain(roots, {.on_demand = false});
    if (!catalogue) return Exit::wrong_usage;
    auto mutants = load_mutants(roots, *catalogue);
    if (!mutants) return std::unexpected(mutants.error().front());
    if (!wishes.tags.empty()) keep_tagged(wishes.tags, *catalogue, *mutants);
    std::erase_if(*mutants, [&](auto const& mutant) { return mutant.name.find(wishes.pattern) == std::string::npos; });
    if (mutants->empty())
        return fail("keur mutants",
                    wishes.tags.empty()
                        ? fmt::format("no mutant's name holds '{}'", wishes.pattern)
                        : fmt::format("no mutant with '{}' in its name breaks a rule that these scenarios judge",
                                      wishes.pattern),
                    "see keur list mutants");
    for (auto& mutant : *mutants)
        if (mutant.of.empty()) mutant.of = wishes.reference;
    auto const clean = load_clean_clients(roots, *mutants);
    if (!clean) return fail(clean);
    auto const plan = matrix(*catalogue, *mutants, *clean, wishes);
    std::error_code failed;
    std::filesystem::create_directories(wishes.out, failed);
    if (failed) return fail(wishes.out, "the folder cannot be made: " + failed.message(), "choose another with --out");
    auto guideline = judge::load_guideline(roots, std::string(judge::newest_edition));
    if (!guideline) return fail(guideline);
    auto const certificates = Certificates::make();
    if (!certificates) return fail(certificates);
    ProgressLine progress(Talk::usual);
    auto const record = run(plan, *catalogue, *certificates,
                            {.workers = std::max<std::size_t>(1, wishes.workers),
                             .seed = std::random_device{}(),
                             .record = std::filesystem::path(wishes.out) / "record.jsonl",
                             .command = shared.command,
                             .proven_by = proven_by(*mutants),
                             .guideline = std::move(*guideline),
                             .on_progress = [&](RunOptions::Progress const& step) { progress.show(step); }});
    progress.end();
    if (!record) return fail(record);
    if (!record->complete) return Exit::inconclusive;
    return print_matrix(*catalogue, *mutants, *record, wishes) == 0 ? Exit::passed : Exit::rule_broken;
}

}  // namespace

void add_mutants(CLI::App& app, Shared& shared)
{
    auto* const command = app.add_subcommand(
        "mutants",
        "prove that rules have teeth: every mutant must be caught by its own rule, the clean client by none");
    auto const wishes = std::make_shared<Wishes>();
    command->add_option("-k", wishes->pattern, "only mutants whose name holds this text")->type_name("PATTERN");
    command->add_option("--tag", wishes->tags, "only scenarios with one of these tags")->type_name("T");
    command->add_option("--client", wishes->reference, "the clean client that the mutants are made of")
        ->type_name("C")
        ->capture_default_str();
    command->add_option("-j", wishes->workers, "worker processes; default: one for each core")
        ->type_name("N")
        ->check(CLI::Range(1, 256));
    command->add_option("--out", wishes->out, "where the record goes")->type_name("DIR")->capture_default_str();
    command->add_flag("--all-cases", wishes->all_cases,
                      "every mutant through every case, not only those that judge what it breaks");
    command->add_flag("--verbose", wishes->verbose, "print each mutant, and which other rules caught it too");
    command->callback([&shared, wishes] {
        auto const done = perform(shared, *wishes);
        if (!done) std::fprintf(stderr, "%s\n", done.error().text().c_str());
        shared.exit = done ? *done : Exit::wrong_usage;
    });
}

}  // namespace keur::command_line
