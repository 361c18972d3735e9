#include "harness/process/launch.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace keur {
namespace {

enum class Stage { folder, program };
// What the child tells through the failure pipe when it cannot become the program.
struct Failure {
    Stage stage{};
    int number = 0;
};

struct Pipe {
    Descriptor read;
    Descriptor write;
};

// Above the numbers that the child's own streams will get, so that no dup2 closes what a later one needs.
constexpr int first_safe_number = 10;
constexpr int failure_number = 3;

Result<Descriptor> lifted(Descriptor low)
{
    Descriptor high(::fcntl(low.number(), F_DUPFD_CLOEXEC, first_safe_number));
    if (!high.is_open())
        return fail("pipe", std::generic_category().message(errno), "raise the limit of open files (ulimit -n)");
    return high;
}

Result<Pipe> open_pipe()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return fail("pipe", std::generic_category().message(errno), "raise the limit of open files (ulimit -n)");
    Descriptor low_read(ends[0]);
    Descriptor low_write(ends[1]);
    auto read = lifted(std::move(low_read));
    if (!read) return fail(read);
    auto write = lifted(std::move(low_write));
    if (!write) return fail(write);
    return Pipe{std::move(*read), std::move(*write)};
}

void stop_blocking(Descriptor const& descriptor)
{
    ::fcntl(descriptor.number(), F_SETFL, ::fcntl(descriptor.number(), F_GETFL) | O_NONBLOCK);
}

bool is_executable(std::string const& file)
{
    std::error_code failed;
    return std::filesystem::is_regular_file(file, failed) && ::access(file.c_str(), X_OK) == 0;
}

// A name with a slash is taken as it is, relative to the working folder; any other is looked up in the child's PATH.
Result<std::string> program_file(ProcessOptions const& options)
{
    if (options.command.empty() || options.command.front().empty())
        return fail("start", "the command is empty", "name a program");
    std::string const& name = options.command.front();
    if (name.find('/') != std::string::npos) return name;
    auto const found = options.environment.find("PATH");
    std::string const path = found == options.environment.end() ? "" : found->second;
    for (std::size_t from = 0; from <= path.size();) {
        auto const to = std::min(path.find(':', from), path.size());
        auto candidate = path.substr(from, to - from) + "/" + name;
        if (to > from && is_executable(candidate)) return candidate;
        from = to + 1;
    }
    return fail(name, fmt::format("there is no program '{}' in PATH '{}'", name, path),
                "install it, or name it with its full path");
}

// A null-terminated array of C strings that points into texts its owner keeps.
class CStrings {
public:
    explicit CStrings(std::vector<std::string> texts) : texts_(std::move(texts))
    {
        for (auto& text : texts_) pointers_.push_back(text.data());
        pointers_.push_back(nullptr);
    }
    [[nodiscard]] char** get() { return pointers_.data(); }

private:
    std::vector<std::string> texts_;
    std::vector<char*> pointers_;
};

std::vector<std::string> assignments(std::map<std::string, std::string> const& environment)
{
    std::vector<std::string> lines;
    for (auto const& [name, value] : environment) lines.push_back(name + "=" + value);
    return lines;
}

// Everything the child needs between vfork and exec, made before: it borrows our memory until then and may change nothing.
struct Plan {
    char const* program = nullptr;
    char** arguments = nullptr;
    char** environment = nullptr;
    char const* folder = nullptr;
    pid_t parent = 0;
    int input = -1;
    int output = -1;
    int errors = -1;
    int failure = -1;
};

[[noreturn]] void give_up(Stage stage)
{
    Failure const failure{stage, errno};
    [[maybe_unused]] auto const sent = ::write(failure_number, &failure, sizeof failure);
    ::_exit(127);
}

void reset_signals()
{
    struct sigaction plain{};
    plain.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; ++number) ::sigaction(number, &plain, nullptr);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Runs in the child: only async-signal-safe calls.
[[noreturn]] void become(Plan const& plan)
{
    ::setsid();
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != plan.parent) ::_exit(127);  // the parent died before prctl took effect
    ::dup2(plan.input, 0);
    ::dup2(plan.output, 1);
    ::dup2(plan.errors, 2);
    ::dup3(plan.failure, failure_number, O_CLOEXEC);
    ::syscall(SYS_close_range, failure_number + 1, ~0U, 0);
    rlimit const no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    if (plan.folder[0] != '\0' && ::chdir(plan.folder) != 0) give_up(Stage::folder);
    reset_signals();
    ::execve(plan.program, plan.arguments, plan.environment);
    give_up(Stage::program);
}

// A copy of our page tables would cost more than the rest of the launch. Signals wait while the child has our handlers.
pid_t fork_quietly(Plan const& plan)
{
    sigset_t every;
    sigset_t before;
    ::sigfillset(&every);
    ::sigprocmask(SIG_SETMASK, &every, &before);
    auto const id = ::vfork();
    if (id == 0) become(plan);
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    return id;
}

struct ReasonRow {
    int number;
    std::string_view what;
    std::string_view remedy;
};
constexpr std::array reason_rows{
    ReasonRow{ENOENT, "there is no such file, or the interpreter that its first line names is missing",
              "install it, or correct the path"},
    ReasonRow{EACCES, "it is not executable", "make it executable (chmod +x) or start it through its interpreter"},
    ReasonRow{ENOEXEC, "it is neither a program for this machine nor a script with a first line #!",
              "start it through its interpreter"},
    ReasonRow{E2BIG, "its arguments and environment are too long", "pass long values in a file"},
};

Error refusal(ProcessOptions const& options, std::string const& program, Failure const& failure)
{
    if (failure.stage == Stage::folder)
        return {program,
                fmt::format("the working folder '{}' cannot be entered: {}", options.folder.string(),
                            std::generic_category().message(failure.number)),
                "create the folder first"};
    auto const row = std::ranges::find(reason_rows, failure.number, &ReasonRow::number);
    auto const known = row != reason_rows.end();
    return {program,
            fmt::format("'{}' cannot be started: {}", program,
                        known ? std::string(row->what) : std::generic_category().message(failure.number)),
            known ? std::string(row->remedy) : "start it by hand to see why"};
}

// Waits until the child runs its program; returns why it does not, if so. Exec closes the pipe.
std::optional<Failure> failure_of(Descriptor const& pipe)
{
    Failure failure;
    ssize_t count = 0;
    do count = ::read(pipe.number(), &failure, sizeof failure);
    while (count < 0 && errno == EINTR);
    if (count != sizeof failure) return std::nullopt;
    return failure;
}

struct Pipes {
    Pipe input;
    Pipe output;
    Pipe errors;
    Pipe failure;
};

Result<Pipes> open_pipes()
{
    Pipes pipes;
    for (auto* const pipe : {&pipes.input, &pipes.output, &pipes.errors, &pipes.failure}) {
        auto opened = open_pipe();
        if (!opened) return fail(opened);
        *pipe = std::move(*opened);
    }
    stop_blocking(pipes.input.write);
    stop_blocking(pipes.output.read);
    stop_blocking(pipes.errors.read);
    return pipes;
}

}  // namespace

Result<Launched> launch(ProcessOptions const& options)
{
    auto const program = program_file(options);
    if (!program) return fail(program);
    auto pipes = open_pipes();
    if (!pipes) return fail(pipes);
    CStrings arguments(options.command);
    CStrings environment(assignments(options.environment));
    auto const id = fork_quietly({.program = program->c_str(),
                                  .arguments = arguments.get(),
                                  .environment = environment.get(),
                                  .folder = options.folder.c_str(),
                                  .parent = ::getpid(),
                                  .input = pipes->input.read.number(),
                                  .output = pipes->output.write.number(),
                                  .errors = pipes->errors.write.number(),
                                  .failure = pipes->failure.write.number()});
    if (id < 0)
        return fail(*program, "no new process: " + std::generic_category().message(errno),
                    "end other programs, or raise the limit of processes (ulimit -u)");
    pipes->failure.write.close();
    if (auto const failure = failure_of(pipes->failure.read)) {
        ::waitpid(id, nullptr, 0);
        return std::unexpected(refusal(options, *program, *failure));
    }
    Descriptor exit(static_cast<int>(::syscall(SYS_pidfd_open, id, 0)));
    if (!exit.is_open()) {
        auto const reason = std::generic_category().message(errno);
        ::kill(id, SIGKILL);
        ::waitpid(id, nullptr, 0);
        return fail(*program, "its end cannot be watched (pidfd_open): " + reason,
                    "raise the limit of open files (ulimit -n); Linux 5.9 or later is needed");
    }
    return Launched{id, std::move(exit), std::move(pipes->input.write), std::move(pipes->output.read),
                    std::move(pipes->errors.read)};
}

}  // namespace keur
