#include "harness/run/worker.h"

#include "harness/process/process.h"
#include "protocol/base/json.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <utility>

namespace keur {

namespace {

// Blocking; false when the other side is gone.
bool write_all(int descriptor, std::string_view text)
{
    while (!text.empty()) {
        auto const count = ::write(descriptor, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

// The worst outcome of a result: a control has succeeded only when it is `pass`.
Verdict const* worst(ScenarioResult const& result)
{
    constexpr std::array order{Outcome::fail, Outcome::broken, Outcome::inconclusive, Outcome::unsupported};
    for (auto const outcome : order)
        for (auto const& verdict : result.verdicts)
            if (verdict.outcome == outcome) return &verdict;
    return nullptr;
}

// A control is judged by its own expectations; a standing rule that it breaks does not make it fail as a control.
Verdict const* worst_of_control(ScenarioResult const& result)
{
    for (auto const& verdict : result.verdicts)
        if (verdict.kind != RuleKind::standing && verdict.outcome != Outcome::pass) return &verdict;
    return nullptr;
}

Json summary_of(std::size_t job, Performance const& performance)
{
    auto const& result = performance.result;
    auto const* bad = worst(result);
    auto const* control = worst_of_control(result);
    return {
        {"job", job},
        {"summary", bad == nullptr ? (result.verdicts.empty() ? "nothing" : "pass") : std::string(name(bad->outcome))},
        {"control", control == nullptr ? "pass" : std::string(name(control->outcome))},
        {"lost", performance.client_lost},
        {"whose", control == nullptr ? "nobody" : std::string(name(control->whose))},
        {"because", control == nullptr ? "" : control->because}};
}

ControlOutcome control_from(Json const& json)
{
    ControlOutcome outcome;
    outcome.known = json.value("known", true);
    outcome.outcome = parse_outcome(text_member(json, "control")).value_or(Outcome::inconclusive);
    outcome.whose = parse_whose(text_member(json, "whose")).value_or(Whose::keur);
    outcome.succeeded = outcome.outcome == Outcome::pass;
    outcome.client_lost = json.value("lost", false);
    outcome.because = text_member(json, "because");
    return outcome;
}

class Performer {
public:
    Performer(Company const& company, int in, int out) : company_(company), in_(in), out_(out) {}

    void serve()
    {
        net::Loop loop;
        Workplace const workplace{.loop = loop,
                                  .certificates = company_.certificates,
                                  .systems = company_.systems,
                                  .folder = company_.folder,
                                  .ca_file = company_.ca_file,
                                  .bin = own_folder()};
        while (auto const line = next_line()) {
            auto const order = parse_json(*line, "order");
            if (!order) return;
            auto const number = order->at("job").get<std::size_t>();
            auto const& job = company_.plan.jobs[number];
            auto const performance = perform(*job.play, company_.plan.clients[job.client], control_from(*order),
                                             company_.rules, company_.seed, workplace);
            auto const text = to_line(summary_of(number, performance)) + '\n' +
                              to_line({{"result", to_json(performance.result)}}) + '\n';
            if (!write_all(out_, text)) return;
        }
    }

private:
    std::optional<std::string> next_line()
    {
        for (;;) {
            if (auto const end = read_.find('\n'); end != std::string::npos) {
                auto line = read_.substr(0, end);
                read_.erase(0, end + 1);
                return line;
            }
            std::array<char, 4096> block{};
            auto const count = ::read(in_, block.data(), block.size());
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) return std::nullopt;
            read_.append(block.data(), static_cast<std::size_t>(count));
        }
    }

    Company const& company_;
    int in_;
    int out_;
    std::string read_;
};

// The child's life: it ends with its parent, and whatever its clients leave behind ends with it.
[[noreturn]] void live(Company const& company, int in, int out)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::signal(SIGINT, SIG_IGN);  // the parent decides what an interrupt means
    std::signal(SIGPIPE, SIG_IGN);
    adopt_orphans();
    Performer(company, in, out).serve();
    std::fflush(nullptr);
    ::_exit(0);
}

}  // namespace

Result<Worker> Worker::start(Company const& company)
{
    std::array<int, 2> orders{-1, -1};
    std::array<int, 2> reports{-1, -1};
    if (::pipe2(orders.data(), O_CLOEXEC) != 0 || ::pipe2(reports.data(), O_CLOEXEC) != 0)
        return fail("worker", fmt::format("no pipe: {}", std::strerror(errno)), "raise the limit of open files");
    std::fflush(nullptr);
    auto const process = ::fork();
    if (process < 0)
        return fail("worker", fmt::format("no process: {}", std::strerror(errno)), "use fewer workers (-j)");
    if (process == 0) {
        ::close(orders[1]);
        ::close(reports[0]);
        live(company, orders[0], reports[1]);
    }
    ::close(orders[0]);
    ::close(reports[1]);
    ::fcntl(reports[0], F_SETFL, O_NONBLOCK);
    return Worker(process, orders[1], reports[0]);
}

Worker::Worker(Worker&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      to_(std::exchange(other.to_, -1)),
      from_(std::exchange(other.from_, -1)),
      job_(other.job_),
      heard_(std::move(other.heard_))
{
}

Worker::~Worker()
{
    if (to_ >= 0) ::close(to_);
    if (from_ >= 0) ::close(from_);
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
}

void Worker::give(std::size_t job, ControlOutcome const& control)
{
    job_ = job;
    Json const order{{"job", job},
                     {"known", control.known},
                     {"control", name(control.outcome)},
                     {"whose", name(control.whose)},
                     {"because", control.because}};
    write_all(to_, to_line(order) + '\n');  // a dead worker shows when it is heard
}

std::optional<Worker::Report> Worker::hear(bool& died)
{
    std::array<char, 65536> block{};
    for (;;) {
        auto const count = ::read(from_, block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count == 0 || (count < 0 && errno != EAGAIN)) died = true;
        if (count <= 0) break;
        heard_.append(block.data(), static_cast<std::size_t>(count));
    }
    auto const first = heard_.find('\n');
    auto const second = first == std::string::npos ? first : heard_.find('\n', first + 1);
    if (second == std::string::npos || !job_) return std::nullopt;
    auto const summary = parse_json(std::string_view(heard_).substr(0, first), "worker");
    Report report{
        .job = *job_, .record_line = heard_.substr(first + 1, second - first - 1), .outcome = {}, .summary = {}};
    heard_.erase(0, second + 1);
    job_.reset();
    if (summary) {
        report.outcome = control_from(*summary);
        report.summary = text_member(*summary, "summary");
    }
    return report;
}

std::string Worker::obituary()
{
    int status = 0;
    ::kill(process_, SIGKILL);  // it closed its end: it is dying or does not serve any more
    ::waitpid(process_, &status, 0);
    process_ = -1;
    if (WIFSIGNALED(status)) return fmt::format("its worker process died of {}", strsignal(WTERMSIG(status)));
    return fmt::format("its worker process ended with status {}", WEXITSTATUS(status));
}

}  // namespace keur
