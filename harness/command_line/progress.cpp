#include "harness/command_line/progress.h"

#include "protocol/base/encoding.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

namespace keur::command_line {

ProgressLine::ProgressLine(Talk talk)
    : talk_(talk), terminal_(::isatty(STDERR_FILENO) == 1 && std::getenv("CI") == nullptr)
{
}

void ProgressLine::show(RunOptions::Progress const& progress)
{
    if (talk_ == Talk::quiet) return;
    if (talk_ == Talk::verbose) {
        std::fprintf(stderr, "[%zu/%zu] %s\n", progress.done, progress.planned, progress.line.c_str());
        return;
    }
    auto const left = progress.planned - progress.done;
    if (terminal_) {
        auto const width = static_cast<std::size_t>(std::max(terminal_width() - 40, 10));
        std::fprintf(stderr, "\r\033[K%zu done, %zu not passed, %zu left  %s", progress.done, progress.failed, left,
                     shortened(progress.line, width).c_str());
        std::fflush(stderr);
    } else if (progress.done * 10 / progress.planned > last_shown_) {  // ten lines in a log are enough
        last_shown_ = progress.done * 10 / progress.planned;
        std::fprintf(stderr, "keur: %zu done, %zu not passed, %zu left\n", progress.done, progress.failed, left);
    }
}

void ProgressLine::end()
{
    if (terminal_ && talk_ == Talk::usual) std::fputs("\r\033[K", stderr);
}

bool wants_colour()
{
    char const* const no_colour = std::getenv("NO_COLOR");
    return ::isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0');
}

int terminal_width()
{
    winsize size{};
    return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 100;
}

}  // namespace keur::command_line
