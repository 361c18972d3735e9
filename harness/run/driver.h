#pragma once

#include "evidence/transcript.h"
#include "harness/run/answer.h"
#include "harness/scenario/client.h"
#include "harness/user/user_agent.h"
#include "protocol/net/loop.h"

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace keur {

// What a driver needs to start and feed a client; all of it outlives the driver.
struct DriverOptions {
    Client const& client;
    net::Loop& loop;
    Transcript& transcript;
    UserAgent& user;                                 // web applications are driven through it …
    net::HttpClient& browser;                        // … and through the connections of its browser
    std::filesystem::path folder;                    // the client's empty working folder
    std::map<std::string, std::string> environment;  // complete but for what client.yaml adds
    std::map<std::string, std::string> templates;    // `settings` → path, for `$settings`
    std::chrono::nanoseconds& waited;                // sums up the real time spent waiting for the client
};

// One of the three ways to drive a client (docs/client-contract.md). Every call returns within the client's answer limit.
class Driver {
public:
    virtual ~Driver() = default;

    // Starts the program. Fails when it cannot be started at all.
    [[nodiscard]] virtual Result<void> start() = 0;
    // Tells the client one thing: {"do": …}.
    [[nodiscard]] virtual Answer act(Json const& command) = 0;
    // Hands over the browser's return to the redirect URI.
    [[nodiscard]] virtual Answer callback(oauth::Callback const& callback) = 0;
    // What a page of the client's own says of an action; nullopt for clients that serve no pages.
    [[nodiscard]] virtual std::optional<Answer> read(std::string const& action, Page const& page) = 0;
    // The origin at which the client itself serves pages; empty when it serves none.
    [[nodiscard]] virtual std::string origin() const = 0;
    // What became of a client whose own server left a request unanswered: it ended, or it hangs.
    [[nodiscard]] virtual Answer silent(Error const& error) = 0;
    // Ends the client as the contract says and records how it ended. An answer when it ended badly.
    [[nodiscard]] virtual std::optional<Answer> finish() = 0;
};

// How the client is told of a callback: {"callback": URL}, and {"form": …} beside it when that was posted.
[[nodiscard]] Json told(oauth::Callback const& callback);

// The three ways in; make_driver picks by Client::way.
[[nodiscard]] std::unique_ptr<Driver> adapter_driver(DriverOptions options);
[[nodiscard]] std::unique_ptr<Driver> command_driver(DriverOptions options);
[[nodiscard]] std::unique_ptr<Driver> web_driver(DriverOptions options);
[[nodiscard]] std::unique_ptr<Driver> make_driver(DriverOptions options);

// `text` with each `$name` replaced; `$$` is a dollar. Fails on a name that is not known.
[[nodiscard]] Result<std::string> fill_in(std::string const& text, std::map<std::string, std::string> const& templates);

}  // namespace keur
