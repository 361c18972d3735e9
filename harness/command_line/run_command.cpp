#include "harness/command_line/commands.h"
#include "harness/command_line/outputs.h"
#include "harness/command_line/places.h"
#include "harness/command_line/progress.h"
#include "harness/run/mutant.h"
#include "harness/run/readiness.h"
#include "harness/run/run.h"
#include "harness/run/waiver.h"
#include "protocol/base/encoding.h"
#include "protocol/base/names.h"
#include "reports/reporter.h"
#include "reports/tally.h"

#include <fmt/format.h>

#include <cstdio>
#include <future>
#include <random>
#include <set>

namespace keur::command_line {

namespace {

// The options of `keur run`, as CLI11 fills them in.
struct Wishes {
    std::vector<std::string> systems;
    std::vector<std::string> clients;
    std::string pattern;
    std::vector<std::string> tags;
    std::vector<std::string> not_tags;
    std::size_t workers = default_workers();
    std::string shard;
    std::uint64_t seed = 0;
    bool seed_given = false;
    std::string out = "keur-report";
    std::vector<std::string> reports;
    std::string fail_on = "must";
    std::string waivers;
    std::string ncsc{judge::newest_edition};
    bool list = false;
    bool last_failed = false;
    bool quiet = false;
    bool verbose = false;
};

// Thrown by nobody: the first reason not to run, printed as it is.
std::unexpected<Error> usage(std::string what, std::string remedy)
{
    return fail("keur run", std::move(what), std::move(remedy));
}

Result<Selection> selection_of(Wishes const& wishes)
{
    Selection selection{.systems = wishes.systems,
                        .tags = wishes.tags,
                        .not_tags = wishes.not_tags,
                        .pattern = wishes.pattern,
                        .names = {}};
    if (!wishes.shard.empty()) {
        int used = 0;
        if (std::sscanf(wishes.shard.c_str(), "%zu/%zu%n", &selection.shard, &selection.shards, &used) != 2 ||
            static_cast<std::size_t>(used) != wishes.shard.size() || selection.shard < 1 ||
            selection.shard > selection.shards)
            return usage(fmt::format("--shard '{}' is not I/N with I from 1 to N", wishes.shard),
                         "write for example --shard 1/4");
    }
    if (wishes.last_failed) {
        auto const last = read_record(std::filesystem::path(wishes.out) / "record.jsonl");
        if (!last)
            return usage("--last-failed found no record of an earlier run: " + last.error().text(),
                         "run without it once");
        for (auto const& result : last->results)
            for (auto const& verdict : result.verdicts)
                if (verdict.outcome != Outcome::pass && verdict.outcome != Outcome::unsupported && !result.control)
                    selection.names.push_back(result.name());
        if (selection.names.empty()) return usage("nothing failed in the last run", "run without --last-failed");
    }
    return selection;
}

Result<std::vector<Client>> clients_of(Wishes const& wishes, std::vector<std::filesystem::path> const& roots)
{
    auto const names = wishes.clients.empty() ? client_names(roots) : wishes.clients;
    std::vector<Client> clients;
    for (auto const& name : names) {
        auto client = load_client(roots, name);
        if (!client) return fail(client);
        if (auto const missing = what_is_missing(*client); !missing.empty()) {
            if (!wishes.clients.empty())
                return fail(client->where, fmt::format("{} cannot be run: {}", name, missing), set_up_of(*client));
            std::fprintf(stderr, "keur: %s is left out: %s (to have it: %s)\n", name.c_str(), missing.c_str(),
                         set_up_of(*client).c_str());
            continue;
        }
        auto const same = std::ranges::find(clients, client->name, &Client::name);
        if (same == clients.end())
            clients.push_back(std::move(*client));
        else if (same->folder != client->folder)
            return usage(fmt::format("two clients are called '{}': {} and {}", client->name, same->folder.string(),
                                     client->folder.string()),
                         "rename one of the folders, or run one after the other");
    }
    if (clients.empty())
        return usage("there is no client to run", "write a client.yaml (keur init) or name one with --client");
    return clients;
}

// A misspelt name would leave nothing to run, and a gate open.
Result<void> check_names(Wishes const& wishes, Catalogue const& catalogue)
{
    std::set<std::string> systems(catalogue.left_out.begin(), catalogue.left_out.end());
    for (auto const& [name, profile] : catalogue.systems) systems.insert(name);
    std::set<std::string> tags;
    for (auto const& play : catalogue.cases) tags.insert(play.tags.begin(), play.tags.end());
    for (auto const& name : wishes.systems)
        if (!systems.contains(name))
            return std::unexpected(unknown_name("--system", "system", name, {systems.begin(), systems.end()}));
    for (auto const& [option, names] : {std::pair{"--tag", &wishes.tags}, std::pair{"--not-tag", &wishes.not_tags}})
        for (auto const& name : *names)
            if (!tags.contains(name))
                return std::unexpected(unknown_name(option, "tag", name, {tags.begin(), tags.end()}));
    return {};
}

Result<void> check_waiver(Waiver const& waiver, Catalogue const& catalogue, std::vector<std::string> const& clients)
{
    if (catalogue.rules.find(waiver.rule) == nullptr)
        return std::unexpected(unknown_name(waiver.where, "rule", waiver.rule, catalogue.rules.ids()));
    if (!waiver.client.empty() && std::ranges::find(clients, waiver.client) == clients.end())
        return std::unexpected(unknown_name(waiver.where, "client", waiver.client, clients));
    auto const is_meant = [&](ScenarioCase const& play) {
        return play.name().find(waiver.scenario) != std::string::npos;
    };
    if (std::ranges::none_of(catalogue.cases, is_meant) && std::ranges::none_of(catalogue.controls, is_meant))
        return fail(waiver.where, fmt::format("no case is called like '{}'", excerpt(waiver.scenario, 100)),
                    "see keur list scenarios; a part of the name is enough");
    return {};
}

Result<std::vector<Waiver>> waivers_of(Wishes const& wishes, Catalogue const& catalogue,
                                       std::vector<Client> const& clients, std::vector<std::string> names)
{
    if (wishes.waivers.empty()) return std::vector<Waiver>{};
    auto const today = to_rfc3339(SystemClock().now()).substr(0, 10);
    auto waivers = load_waivers(wishes.waivers, today);
    if (!waivers) return waivers;
    for (auto const& client : clients) names.push_back(client.name);
    for (auto const& waiver : *waivers)
        if (auto right = check_waiver(waiver, catalogue, names); !right) return fail(right);
    return waivers;
}

// Waivers that cover nothing any more; of a run that leaves cases out nobody can tell.
std::vector<Waiver const*> idle_waivers(Wishes const& wishes, reports::Tally const& tally)
{
    bool const is_whole = wishes.systems.empty() && wishes.clients.empty() && wishes.tags.empty() &&
                          wishes.not_tags.empty() && wishes.pattern.empty() && wishes.shard.empty() &&
                          !wishes.last_failed;
    return is_whole ? tally.idle_waivers() : std::vector<Waiver const*>{};
}

void print_plan(Plan const& plan)
{
    for (auto const& job : plan.jobs)
        if (!job.play->control)
            std::printf("%s %s%s\n", plan.clients[job.client].name.c_str(), job.play->name().c_str(),
                        job.supported ? "" : " (unsupported)");
}

Result<Exit> perform_run(Shared const& shared, Wishes const& wishes)
{
    auto const roots = data_roots(shared.data);
    auto made = std::async(std::launch::async, Certificates::make);  // while files are read
    auto graded_by = std::async(std::launch::async, judge::load_guideline, roots, wishes.ncsc);
    // a waiver may be of a rule or a scenario that this run is not about
    auto const extent =
        wishes.waivers.empty() ? Extent{wishes.systems, !wishes.tags.empty() || wishes.last_failed} : Extent{};
    auto const catalogue = load_or_complain(roots, extent);
    if (!catalogue) return Exit::wrong_usage;
    if (auto const known = check_names(wishes, *catalogue); !known) return fail(known);
    auto const mutants = load_mutants(roots, *catalogue);
    if (!mutants) return std::unexpected(mutants.error().front());
    auto const selection = selection_of(wishes);
    if (!selection) return fail(selection);
    auto clients = clients_of(wishes, roots);
    if (!clients) return fail(clients);
    for (auto const& client : *clients)
        if (auto const right = check_abilities(client, *catalogue); !right) return fail(right);
    auto const waivers = waivers_of(wishes, *catalogue, *clients, client_names(roots));
    if (!waivers) return fail(waivers);
    auto guideline = graded_by.get();
    if (!guideline) return fail(guideline);
    auto const plan = make_plan(*catalogue, std::move(*clients), select(*catalogue, *selection));
    if (plan.jobs.empty() && wishes.shard.empty()) {  // an earlier report is left as it is
        std::fputs(
            "keur run: no case fits what was asked for; see keur list scenarios, and the systems and flows of the "
            "client\n",
            stderr);
        return Exit::nothing_ran;
    }
    if (wishes.list) {
        print_plan(plan);
        return Exit::passed;
    }
    std::error_code failed;
    std::filesystem::create_directories(wishes.out, failed);
    if (failed) return fail(wishes.out, "the folder cannot be made: " + failed.message(), "choose another with --out");

    auto const certificates = made.get();
    if (!certificates) return fail(certificates);
    ProgressLine progress(wishes.quiet ? Talk::quiet : wishes.verbose ? Talk::verbose : Talk::usual);
    auto const record = run(plan, *catalogue, *certificates,
                            {.workers = std::max<std::size_t>(1, wishes.workers),
                             .seed = wishes.seed_given ? wishes.seed : std::random_device{}(),
                             .record = std::filesystem::path(wishes.out) / "record.jsonl",
                             .command = shared.command,
                             .proven_by = proven_by(*mutants),
                             .waivers = *waivers,
                             .guideline = std::move(*guideline),
                             .on_progress = [&](RunOptions::Progress const& step) { progress.show(step); }});
    progress.end();
    if (!record) return fail(record);
    auto const written = write_reports(*record, wishes.out, wishes.reports.empty() ? report_names() : wishes.reports);
    if (!written) return fail(written);
    if (!wishes.quiet) {
        std::fputs(reports::terminal_summary(*record, wants_colour(), terminal_width()).c_str(), stdout);
        for (auto const& file : *written) std::printf("%s\n", std::filesystem::absolute(file).c_str());
    }
    reports::Tally const tally(*record);
    auto const idle = idle_waivers(wishes, tally);
    for (auto const* const waiver : idle)
        std::fprintf(stderr, "%s: this waiver of %s covers nothing any more; remove it\n", waiver->where.c_str(),
                     waiver->rule.c_str());
    if (!idle.empty()) return Exit::wrong_usage;
    return static_cast<Exit>(reports::exit_status(tally, wishes.fail_on == "should" ? Level::should : Level::must));
}

}  // namespace

void add_run(CLI::App& app, Shared& shared)
{
    auto* const command = app.add_subcommand("run", "drive clients through scenarios and judge them");
    auto const wishes = std::make_shared<Wishes>();
    command->add_option("--system", wishes->systems, "only scenarios of this system; may be repeated")->type_name("S");
    command
        ->add_option("--client", wishes->clients, "a client's name or folder; may be repeated; default: all there are")
        ->type_name("C");
    command
        ->add_option("-k", wishes->pattern, "only cases whose name holds this text, or that judge the rule of this id")
        ->type_name("PATTERN");
    command->add_option("--tag", wishes->tags, "only scenarios with one of these tags")->type_name("T");
    command->add_option("--not-tag", wishes->not_tags, "only scenarios with none of these tags")->type_name("T");
    command->add_option("-j", wishes->workers, "worker processes; default: one for each core")
        ->type_name("N")
        ->check(CLI::Range(1, 256));
    command->add_option("--shard", wishes->shard, "only part I of N of the cases")->type_name("I/N");
    auto* const seed =
        command->add_option("--seed", wishes->seed, "same seed, same inputs: same record but for times and ports")
            ->type_name("N");
    command->add_option("--out", wishes->out, "where record and reports go")->type_name("DIR")->capture_default_str();
    command->add_option("--report", wishes->reports, "which reports to write; default: all")
        ->check(CLI::IsMember(report_names()));
    command->add_option("--fail-on", wishes->fail_on, "the least level whose breach makes exit status 1")
        ->check(CLI::IsMember({"must", "should"}))
        ->capture_default_str();
    command->add_option("--waivers", wishes->waivers, "a file of known failures with reason and end date")
        ->type_name("FILE");
    command
        ->add_option("--ncsc", wishes->ncsc, "the edition of the NCSC guidelines that grades what clients offer in TLS")
        ->type_name("EDITION")
        ->capture_default_str();
    command->add_flag("--list", wishes->list, "print what would run, and stop");
    command->add_flag("--last-failed", wishes->last_failed, "only what did not pass in the run that lies in --out");
    command->add_flag("--quiet", wishes->quiet, "print nothing but errors");
    command->add_flag("--verbose", wishes->verbose, "print each result as it comes");
    command->callback([&shared, wishes, seed] {
        wishes->seed_given = seed->count() > 0;
        auto const done = perform_run(shared, *wishes);
        if (!done) std::fprintf(stderr, "%s\n", done.error().text().c_str());
        shared.exit = done ? *done : Exit::wrong_usage;
    });
}

}  // namespace keur::command_line
