#include "harness/command_line/commands.h"
#include "protocol/base/file.h"

#include <array>
#include <cstdio>

namespace keur::command_line {

namespace {

struct Template {
    std::string_view way;
    std::string_view text;
};
constexpr std::array templates{
    Template{"adapter",
             R"(# How keur drives this client: docs/client-contract.md. Check it with: keur client check FOLDER
title: My integration
version: "1.0"
way: adapter                        # one process a scenario, JSON lines on standard input and output
start: [/usr/bin/python3, $folder/adapter.py]
environment: {REQUESTS_CA_BUNDLE: $ca_file}   # the program's way to trust keur's CA
systems: [loket]                    # see keur list systems
flows: [sign-in, call, refresh]     # what it can do, see keur list flows; add calls-at-once and list-all when it can
clock: preload                      # or none, when the preloaded clock does not reach it (static programs)
answer-limit: 10s
needs: [/usr/bin/python3, $folder/adapter.py]
set-up: write $folder/adapter.py, see docs/client-contract.md
)"},
    Template{"command",
             R"(# How keur drives this client: docs/client-contract.md. Check it with: keur client check FOLDER
title: My integration
version: "1.0"
way: command                        # one process an action: exit 0 done, 1 refused, 89 unsupported, 90 adapter error
actions:
  sign-in: [$folder/client, login, $settings]          # prints the URL to open
  callback: [$folder/client, return, $callback]
  call: [$folder/client, get, $operation]
  refresh: [$folder/client, refresh]
environment: {SSL_CERT_FILE: $ca_file}
systems: [loket]
flows: [sign-in, call, refresh]
clock: preload
answer-limit: 10s
needs: [$folder/client]
set-up: build it
)"},
    Template{"web-application",
             R"(# How keur drives this client: docs/client-contract.md. Check it with: keur client check FOLDER
title: My web application
version: "1.0"
way: web-application                # started once a scenario; keur's own browser goes through its pages
start: [node, $folder/server.mjs]
environment: {PORT: $port, NODE_EXTRA_CA_CERTS: $ca_file}
redirect_uri: http://localhost:$port/callback
ready: /
pages:
  sign-in: {get: /login, done: {status: 200, text: Signed in}, refused: {status: [400, 401, 403, 500, 502, 503]}}
  call: {get: /$operation, done: {status: 200}, refused: {status: [400, 401, 403, 500, 502, 503]}}
systems: [loket]
flows: [sign-in, call, refresh]
clock: preload
answer-limit: 10s
needs: [node, $folder/server.mjs]
set-up: write $folder/server.mjs, see docs/client-contract.md
)"},
};

void init(Shared& shared, std::string const& folder, std::string const& way)
{
    auto const file = std::filesystem::path(folder) / "client.yaml";
    std::error_code failed;
    auto result = Result<void>{};
    if (std::filesystem::exists(file, failed))
        result = fail(file.string(), "it is there already", "remove it first, or choose another folder");
    else if (std::filesystem::create_directories(folder, failed); failed)
        result = fail(folder, "the folder cannot be made: " + failed.message(), "choose another");
    else
        result = write_file(file, std::ranges::find(templates, way, &Template::way)->text);
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().text().c_str());
        shared.exit = Exit::wrong_usage;
        return;
    }
    std::printf("%s is written; edit it, then: keur client check %s\n", file.c_str(), folder.c_str());
}

}  // namespace

void add_init(CLI::App& app, Shared& shared)
{
    auto* const command = app.add_subcommand("init", "write a client.yaml to start from");
    auto const folder = std::make_shared<std::string>("clients/my-client");
    auto const way = std::make_shared<std::string>("adapter");
    std::vector<std::string> ways;
    for (auto const& each : templates) ways.emplace_back(each.way);
    command->add_option("folder", *folder, "where to write it")->capture_default_str()->type_name("DIR");
    command->add_option("--way", *way, "how keur is to drive the client")
        ->check(CLI::IsMember(ways))
        ->capture_default_str();
    command->callback([&shared, folder, way] { init(shared, *folder, *way); });
}

}  // namespace keur::command_line
