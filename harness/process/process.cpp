#include "harness/process/process.h"

#include "harness/process/family.h"
#include "harness/process/input.h"
#include "harness/process/launch.h"
#include "harness/process/lines.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <set>
#include <utility>

namespace keur {
namespace {

constexpr std::size_t piece_size = 64U << 10U;
// As much as a pipe can hold: what the child itself wrote before it ended.
constexpr int most_last_pieces = 16;

// One output stream of the child. The pipe stays open at its end: a watch may still hold it.
struct Stream {
    Descriptor pipe;
    Lines lines;
    std::shared_ptr<net::Loop::Watch> watch;
    bool is_at_end = false;

    // Reads one piece; false when there is nothing to read now, or never again.
    bool read_piece()
    {
        if (is_at_end) return false;
        std::array<char, piece_size> piece;
        auto const count = ::read(pipe.number(), piece.data(), piece.size());
        if (count < 0) return errno == EINTR;
        if (count == 0) {
            is_at_end = true;
            watch.reset();
            return false;
        }
        lines.take({piece.data(), static_cast<std::size_t>(count)});
        return true;
    }
};

ExitStatus status_of(int wait_status)
{
    if (WIFSIGNALED(wait_status)) return {.signal = WTERMSIG(wait_status)};
    return {.status = WEXITSTATUS(wait_status)};
}

ExitStatus status_of(siginfo_t const& info)
{
    if (info.si_code == CLD_EXITED) return {.status = info.si_status};
    return {.signal = info.si_status};
}

}  // namespace

struct ProcessState : std::enable_shared_from_this<ProcessState> {
    ProcessState(net::Loop& in, ProcessOptions const& options, Launched launched, Process::Events to_tell)
        : loop(in),
          id(launched.id),
          last_words(options.last_words),
          exit(std::move(launched.exit)),
          input(in, std::move(launched.input), options.most_input),
          events(std::move(to_tell)),
          output{std::move(launched.output), lines_of(options, "stdout", events.on_stdout_line), {}},
          errors{std::move(launched.errors), lines_of(options, "stderr", events.on_stderr_line), {}}
    {
    }

    Lines lines_of(ProcessOptions const& options, std::string const& name,
                   std::function<void(std::string const&)> const& tell)
    {
        return {options.most_output,
                options.most_lines,
                {.line =
                     [this, &tell](std::string const& line) {
                         if (is_telling && tell) tell(line);
                     },
                 .flood =
                     [this, name] {
                         if (is_telling && events.on_flood) events.on_flood(name);
                     }}};
    }

    void watch_all()
    {
        // A handler may destroy the Process: the state lives until the handler is through.
        auto const guarded = [weak = weak_from_this()](auto handler) {
            return [weak, handler] {
                if (auto const self = weak.lock()) (self.get()->*handler)();
            };
        };
        output.watch = loop.watch(output.pipe.number(), guarded(&ProcessState::read_output));
        errors.watch = loop.watch(errors.pipe.number(), guarded(&ProcessState::read_errors));
        exit_watch = loop.watch(exit.number(), guarded(&ProcessState::on_end));
    }

    void read_output()
    {
        output.read_piece();
        tell_exit_when_quiet();
    }

    void read_errors()
    {
        errors.read_piece();
        tell_exit_when_quiet();
    }

    void on_end()
    {
        exit_watch.reset();
        input.close();
        siginfo_t info{};
        if (::waitid(P_PID, static_cast<id_t>(id), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == id)
            ended(status_of(info));
        grace_timer = loop.after(last_words, [weak = weak_from_this()] {
            if (auto const self = weak.lock()) self->tell_exit();
        });
        tell_exit_when_quiet();
    }

    void ended(ExitStatus how)
    {
        if (exit_status) return;
        exit_status = how;
        exit_status->by_keur = how.signal && sent.contains(*how.signal);
    }

    void tell_exit_when_quiet()
    {
        if (exit_status && output.is_at_end && errors.is_at_end) tell_exit();
    }

    // From here on the streams are read only to keep those who still write from waiting.
    void tell_exit()
    {
        if (!is_telling) return;
        for (auto* const stream : {&output, &errors}) {
            for (int pieces = 0; pieces < most_last_pieces && stream->read_piece(); ++pieces) {
            }
            stream->lines.finish();
        }
        if (std::exchange(is_telling, false) && exit_status && events.on_exit) events.on_exit(*exit_status);
    }

    int end()
    {
        if (std::exchange(is_ended, true)) return 0;
        input.close();
        sent.insert(SIGKILL);
        auto const family = end_family(id);
        if (family.wait_status) ended(status_of(*family.wait_status));
        tell_exit();
        exit_watch.reset();
        grace_timer.reset();
        output.watch.reset();
        errors.watch.reset();
        return family.others;
    }

    net::Loop& loop;
    pid_t id;
    std::chrono::milliseconds last_words;
    Descriptor exit;
    Input input;
    Process::Events events;
    Stream output;
    Stream errors;
    std::shared_ptr<net::Loop::Watch> exit_watch;
    std::shared_ptr<net::Loop::Timer> grace_timer;
    std::set<int> sent;  // signals
    std::optional<ExitStatus> exit_status;
    bool is_telling = true;  // events are still called
    bool is_ended = false;
};

Result<std::unique_ptr<Process>> Process::start(net::Loop& loop, ProcessOptions const& options, Events events)
{
    std::signal(SIGPIPE, SIG_IGN);  // a child that closes its input must not end keur
    auto launched = launch(options);
    if (!launched) return fail(launched);
    claim(launched->id);
    auto state = std::make_shared<ProcessState>(loop, options, std::move(*launched), std::move(events));
    state->watch_all();
    return std::make_unique<Process>(std::move(state));
}

Process::Process(std::shared_ptr<ProcessState> state) : state_(std::move(state)) {}

Process::~Process()
{
    state_->is_telling = false;
    state_->end();
}

bool Process::write(std::string_view bytes)
{
    return state_->input.write(bytes);
}

void Process::close_input()
{
    state_->input.close_when_written();
}

void Process::signal(int number)
{
    if (state_->is_ended) return;
    state_->sent.insert(number);
    ::kill(-state_->id, number);
}

std::optional<ExitStatus> Process::exited() const
{
    return state_->exit_status;
}

int Process::id() const
{
    return state_->id;
}

int Process::end()
{
    auto const state = state_;  // on_exit may destroy this object
    return state->end();
}

}  // namespace keur
