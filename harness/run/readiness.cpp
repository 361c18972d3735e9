#include "harness/run/readiness.h"

#include "harness/run/driver.h"
#include "harness/run/workplace.h"
#include "protocol/base/names.h"

#include <unistd.h>

#include <algorithm>
#include <sstream>

namespace keur {

namespace {

bool is_there(std::string const& name)
{
    if (name.find('/') != std::string::npos) return ::access(name.c_str(), R_OK) == 0;
    std::istringstream folders("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (::access((folder + '/' + name).c_str(), X_OK) == 0) return true;
    return false;
}

Result<std::string> filled(Client const& client, std::string const& text)
{
    return fill_in(text, {{"folder", client.folder.string()}, {"bin", own_folder().string()}});
}

}  // namespace

Result<void> check_abilities(Client const& client, Catalogue const& catalogue)
{
    std::vector<std::string> systems = catalogue.left_out;
    std::vector<std::string> flows;
    for (auto const& [name, profile] : catalogue.systems) {
        systems.push_back(name);
        bool const is_spoken = std::ranges::find(client.systems, name) != client.systems.end();
        for (auto const& [flow, steps] : profile.flows)
            if (is_spoken && std::ranges::find(flows, flow) == flows.end()) flows.push_back(flow);
    }
    for (auto const& name : client.systems)
        if (std::ranges::find(systems, name) == systems.end())
            return std::unexpected(unknown_name(client.systems_at, "system", name, systems));
    auto const is_unread = [&](std::string const& name) {
        return std::ranges::find(catalogue.left_out, name) != catalogue.left_out.end();
    };
    if (std::ranges::any_of(client.systems, is_unread)) return {};  // whose flows it may do
    for (auto const& name : client.flows)
        if (std::ranges::find(flows, name) == flows.end())
            return std::unexpected(unknown_name(client.flows_at, "flow of its systems", name, flows));
    return {};
}

std::string set_up_of(Client const& client)
{
    return filled(client, client.set_up).value_or(client.set_up);
}

std::string what_is_missing(Client const& client)
{
    for (auto const& need : client.needs) {
        auto const name = filled(client, need);
        if (!name) return name.error().text();
        if (!is_there(*name)) return "there is no " + *name;
    }
    return {};
}

}  // namespace keur
