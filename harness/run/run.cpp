#include "harness/run/run.h"

#include "harness/judge/fingerprints.h"
#include "harness/judge/rule.h"
#include "harness/run/version.h"
#include "harness/run/worker.h"
#include "protocol/base/file.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <deque>
#include <list>
#include <set>
#include <thread>

namespace keur {

namespace {

// Real time one job may take before its worker is given up: every wait of a play has a shorter limit of its own.
constexpr std::chrono::seconds longest_job{180};

std::sig_atomic_t volatile interrupted = 0;

// Catches SIGINT and SIGTERM while it lives.
class InterruptWatch {
public:
    InterruptWatch()
    {
        interrupted = 0;
        struct sigaction action{};
        action.sa_handler = [](int) { interrupted = 1; };
        ::sigaction(SIGINT, &action, &old_int_);
        ::sigaction(SIGTERM, &action, &old_term_);
        old_pipe_ = std::signal(SIGPIPE, SIG_IGN);
    }
    ~InterruptWatch()
    {
        ::sigaction(SIGINT, &old_int_, nullptr);
        ::sigaction(SIGTERM, &old_term_, nullptr);
        std::signal(SIGPIPE, old_pipe_);
    }
    InterruptWatch(InterruptWatch const&) = delete;
    InterruptWatch& operator=(InterruptWatch const&) = delete;

private:
    struct sigaction old_int_{};
    struct sigaction old_term_{};
    void (*old_pipe_)(int) = nullptr;
};

// Hands jobs to workers and takes their results.
class Dispatcher {
public:
    Dispatcher(Company const& company, RunOptions const& options, RecordWriter& record)
        : company_(company),
          options_(options),
          record_(record),
          outcomes_(company.plan.jobs.size()),
          finished_(company.plan.jobs.size())
    {
        for (std::size_t i = 0; i < company.plan.jobs.size(); ++i) waiting_.push_back(i);
    }

    Result<void> work();

private:
    Result<void> settle_without_worker();
    [[nodiscard]] std::optional<std::size_t> next_ready();
    Result<void> give_out();
    Result<void> listen();
    Result<void> bury(std::list<Worker>::iterator worker, std::string why);
    Result<void> finish(std::size_t job, std::string const& line, ControlOutcome outcome, std::string const& summary);
    Result<void> settle(std::size_t job, Outcome outcome, Whose whose, std::string const& because);

    Company const& company_;
    RunOptions const& options_;
    RecordWriter& record_;
    std::deque<std::size_t> waiting_;
    std::vector<ControlOutcome> outcomes_;
    std::vector<bool> finished_;
    std::list<Worker> workers_;
    std::map<std::size_t, std::chrono::steady_clock::time_point> started_;
    RunOptions::Progress progress_;
};

Result<void> Dispatcher::finish(std::size_t job, std::string const& line, ControlOutcome outcome,
                                std::string const& summary)
{
    if (auto written = record_.append_line(line); !written) return written;
    outcome.known = true;
    outcomes_[job] = std::move(outcome);
    finished_[job] = true;
    auto const& what = company_.plan.jobs[job];
    ++progress_.done;
    if (summary != "pass" && summary != "unsupported" && summary != "nothing") ++progress_.failed;
    progress_.planned = company_.plan.jobs.size();
    progress_.line = fmt::format("{}{} {}: {}", what.play->control ? "control " : "", what.play->name(),
                                 company_.plan.clients[what.client].name, summary);
    if (options_.on_progress) options_.on_progress(progress_);
    return {};
}

Result<void> Dispatcher::settle(std::size_t job, Outcome outcome, Whose whose, std::string const& because)
{
    auto const& what = company_.plan.jobs[job];
    auto const result = not_performed(*what.play, company_.plan.clients[what.client], outcome, whose, because);
    ControlOutcome const as_control{
        .known = true, .succeeded = false, .outcome = outcome, .whose = whose, .because = because};
    return finish(job, to_line({{"result", to_json(result)}}), as_control, std::string(name(outcome)));
}

// Cases that need no worker: flows the client does not have.
Result<void> Dispatcher::settle_without_worker()
{
    std::deque<std::size_t> still;
    for (auto const number : waiting_) {
        auto const& job = company_.plan.jobs[number];
        auto const& client = company_.plan.clients[job.client];
        if (!job.supported) {
            auto settled = settle(number, Outcome::unsupported, Whose::client,
                                  fmt::format("{} does not name the flow '{}' of {} in its client.yaml", client.name,
                                              job.play->flow, job.play->system));
            if (!settled) return settled;
            continue;
        }
        still.push_back(number);
    }
    waiting_ = std::move(still);
    return {};
}

std::optional<std::size_t> Dispatcher::next_ready()
{
    auto const ready = std::ranges::find_if(waiting_, [&](std::size_t number) {
        auto const control = company_.plan.jobs[number].control;
        return control == Job::none || finished_[control];
    });
    if (ready == waiting_.end()) return std::nullopt;
    auto const number = *ready;
    waiting_.erase(ready);
    return number;
}

Result<void> Dispatcher::give_out()
{
    for (auto& worker : workers_) {
        while (worker.is_idle()) {
            auto const number = next_ready();
            if (!number) break;
            auto const control = company_.plan.jobs[*number].control;
            auto const outcome = control == Job::none ? ControlOutcome{} : outcomes_[control];
            if (outcome.known && outcome.client_lost) {
                auto settled = settle(*number, Outcome::inconclusive, outcome.whose,
                                      "not performed, because its control ended like this: " + outcome.because);
                if (!settled) return settled;
                continue;
            }
            worker.give(*number, outcome);
            started_[*number] = std::chrono::steady_clock::now();
        }
    }
    return {};
}

Result<void> Dispatcher::bury(std::list<Worker>::iterator worker, std::string why)
{
    auto const job = worker->job();
    workers_.erase(worker);
    auto fresh = Worker::start(company_);
    if (!fresh) return fail(fresh);
    workers_.push_back(std::move(*fresh));
    return job ? settle(*job, Outcome::broken, Whose::keur, std::move(why)) : Result<void>{};
}

Result<void> Dispatcher::listen()
{
    std::vector<pollfd> watched;
    for (auto const& worker : workers_) watched.push_back({.fd = worker.descriptor(), .events = POLLIN, .revents = 0});
    constexpr int tick = 1000;  // milliseconds; only to notice an interrupt or a job that takes too long
    if (::poll(watched.data(), watched.size(), tick) < 0) return {};
    std::size_t place = 0;
    for (auto worker = workers_.begin(); place < watched.size(); ++place) {
        auto const current = worker++;
        bool died = false;
        if (watched[place].revents != 0) {
            if (auto const report = current->hear(died))
                if (auto done = finish(report->job, report->record_line, report->outcome, report->summary); !done)
                    return done;
        }
        if (died) {
            auto why = current->obituary();
            if (auto buried = bury(current, std::move(why)); !buried) return buried;
        } else if (current->job() && std::chrono::steady_clock::now() - started_[*current->job()] > longest_job) {
            if (auto buried = bury(current, fmt::format("it took longer than {} s", longest_job.count())); !buried)
                return buried;
        }
    }
    return {};
}

Result<void> Dispatcher::work()
{
    if (auto settled = settle_without_worker(); !settled) return settled;
    auto const count = std::min(options_.workers, std::max<std::size_t>(waiting_.size(), 1));
    for (std::size_t i = 0; i < count; ++i) {
        auto worker = Worker::start(company_);
        if (!worker) return fail(worker);
        workers_.push_back(std::move(*worker));
    }
    auto const busy = [&] {
        return std::ranges::any_of(workers_, [](auto const& worker) { return !worker.is_idle(); });
    };
    while (interrupted == 0) {
        if (auto given = give_out(); !given) return given;
        if (!busy()) break;
        if (auto heard = listen(); !heard) return heard;
    }
    return {};
}

RunHeader header_of(Plan const& plan, Catalogue const& catalogue, RunOptions const& options)
{
    RunHeader header;
    header.keur_version = KEUR_VERSION;
    header.started = to_rfc3339(SystemClock().now());
    header.seed = options.seed;
    header.command = options.command;
    header.waivers = options.waivers;
    header.planned = plan.jobs.size();
    for (auto const& client : plan.clients)
        header.clients.push_back({.name = client.name, .title = client.title, .version = client_version(client)});
    std::set<std::string> played;
    for (auto const& job : plan.jobs) played.insert(job.play->system);
    for (auto const& rule : catalogue.rules.all()) {
        // what one platform documents is no concern of a run that meets another
        if (catalogue.systems.contains(rule.summary.system) && !played.contains(rule.summary.system)) continue;
        header.rules.push_back(rule.summary);
        header.rules.back().proven = options.proven_by.contains(rule.summary.id);
    }
    header.rules.push_back(control_rule());
    header.rules.back().proven = true;  // every client that cannot do the flow breaks it
    return header;
}

Result<void> write_certificates(Certificates const& certificates, std::filesystem::path const& folder)
{
    for (auto const& [file, text] :
         {std::pair{"ca.pem", &certificates.ca_pem}, std::pair{"server.pem", &certificates.server_pem},
          std::pair{"server.key", &certificates.server_key_pem}})
        if (auto written = write_file(folder / file, *text); !written) return written;
    return {};
}

// What only all results together show. They are read again: nothing of a play is kept in memory while others run.
Result<void> judge_whole(RuleBook const& rules, RunOptions const& options, RecordWriter& record)
{
    auto const finished = read_record(options.record);
    if (!finished) return fail(finished);
    auto const* const guideline = options.guideline ? &*options.guideline : nullptr;
    for (auto const& [client, verdict] : judge_run(rules, finished->results, guideline))
        if (auto written = record.append_run_wide(client, verdict); !written) return written;
    if (guideline == nullptr) return {};
    for (auto const& offer : offers_of(finished->results, *guideline))
        if (auto written = record.append_offer(offer); !written) return written;
    return {};
}

}  // namespace

Result<RunRecord> run(Plan const& plan, Catalogue const& catalogue, Certificates const& certificates,
                      RunOptions const& options)
{
    auto const start = std::chrono::steady_clock::now();
    auto record = RecordWriter::create(options.record, header_of(plan, catalogue, options));
    if (!record) return fail(record);
    auto folder = TemporaryFolder::create();
    if (!folder) return fail(folder);
    if (auto written = write_certificates(certificates, folder->path()); !written) return fail(written);
    Company const company{.plan = plan,
                          .rules = catalogue.rules,
                          .systems = catalogue.systems,
                          .certificates = certificates,
                          .folder = folder->path(),
                          .ca_file = folder->path() / "ca.pem",
                          .seed = options.seed};
    bool ended_early = false;
    {
        InterruptWatch const watch;
        Dispatcher dispatcher(company, options, *record);
        if (auto done = dispatcher.work(); !done) return fail(done);
        ended_early = interrupted != 0;
    }
    if (auto judged = judge_whole(catalogue.rules, options, *record); !judged) return fail(judged);
    if (!ended_early) {
        auto const seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (auto written = record->finish(seconds); !written) return fail(written);
    }
    return read_record(options.record);
}

std::size_t default_workers()
{
    return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace keur
