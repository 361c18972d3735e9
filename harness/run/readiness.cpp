#include "harness/run/readiness.h"

#include "harness/run/driver.h"
#include "harness/run/workplace.h"

#include <unistd.h>

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

}  // namespace

std::string what_is_missing(Client const& client)
{
    for (auto const& need : client.needs) {
        auto const name = fill_in(need, {{"folder", client.folder.string()}, {"bin", own_folder().string()}});
        if (!name) return name.error().text();
        if (!is_there(*name)) return "there is no " + *name;
    }
    return {};
}

}  // namespace keur
