#include "harness/run/version.h"

#include "harness/process/process.h"
#include "harness/run/driver.h"
#include "harness/run/workplace.h"
#include "protocol/base/encoding.h"

namespace keur {

std::string client_version(Client const& client)
{
    if (client.version_command.empty()) return client.version;
    constexpr std::chrono::seconds limit{10};
    std::map<std::string, std::string> const templates{{"folder", client.folder.string()},
                                                       {"bin", own_folder().string()}};
    auto folder = TemporaryFolder::create();
    if (!folder) return {};
    ProcessOptions options{.command = {},
                           .environment = {{"PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
                                           {"HOME", folder->path().string()},
                                           {"LANG", "C.UTF-8"}},
                           .folder = folder->path()};
    for (auto const& word : client.version_command) {
        auto filled = fill_in(word, templates);
        if (!filled) return {};
        options.command.push_back(std::move(*filled));
    }
    net::Loop loop;
    std::string first_line;
    bool ended = false;
    auto const process = Process::start(loop, std::move(options),
                                        {.on_stdout_line =
                                             [&](std::string const& line) {
                                                 if (first_line.empty()) first_line = excerpt(line, 80);
                                             },
                                         .on_stderr_line = [](std::string const&) {},
                                         .on_flood = [](std::string const&) {},
                                         .on_exit = [&](ExitStatus const&) { ended = true; }});
    if (process) loop.run_until([&] { return ended; }, limit);
    return first_line;
}

}  // namespace keur
