#pragma once

#include "protocol/base/yaml.h"

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace keur {

// A client under test: clients/<name>/client.yaml (docs/client-contract.md).
struct Client {
    enum class Way { adapter, command, web_application };

    std::string name;
    std::string title;
    std::string version;                       // as text, or …
    std::vector<std::string> version_command;  // … the program that prints it, with templates
    std::filesystem::path folder;              // absolute
    Way way = Way::adapter;
    std::vector<std::string>
        start;  // program and arguments, with templates; for `command`: when an action has none of its own
    std::map<std::string, std::string> environment;  // with templates
    std::vector<std::string> flows;                  // of every system it speaks
    std::vector<std::string> systems;
    std::string flows_at;  // file:line:column
    std::string systems_at;
    bool follows_clock = true;                       // the preloaded clock works for it
    std::chrono::milliseconds answer_limit{10'000};  // longest wait for one answer, in real time
    std::vector<std::string> needs;                  // programs and files that must be on this machine, with templates
    std::string set_up;                              // what to run once when they are not, told to the user
    std::string redirect_uri;                        // with templates; empty: keur chooses one that nobody serves
    std::map<std::string, std::vector<std::string>> actions;  // way command: action → arguments
    std::map<std::string, Yaml> pages;                        // action → {get | post: path, done: {…}, refused: {…}}
    std::map<std::string, std::string>
        logout;              // back-channel-logout, front-channel-logout → its address, with templates
    std::string ready_path;  // web application: answers any status when it is up
    std::string where;
};

// Loads clients/<name>/client.yaml below each root; `name` may also be a path to a folder that has a client.yaml.
[[nodiscard]] Result<Client> load_client(std::vector<std::filesystem::path> const& roots, std::string const& name);
[[nodiscard]] std::vector<std::string> client_names(std::vector<std::filesystem::path> const& roots);

// A client from the text of its file; `folder` is where that file would lie.
[[nodiscard]] Result<Client> read_client(Yaml const& source, std::filesystem::path const& folder);

}  // namespace keur
