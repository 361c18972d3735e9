#pragma once

#include "harness/scenario/client.h"
#include "harness/scenario/scenario.h"

#include <string>
#include <vector>

namespace keur {

// One thing that was tried with an adapter.
struct CheckLine {
    bool well = false;
    std::string what;
    std::string text;  // what was seen; when it is not well, what to mend
};

// Tries an adapter before it is trusted: each flow when nothing is wrong, a wrong password, a made-up action, a CA that
// signed nothing, a dead port, a wrong client id. Each is about configuration, never a finding about security.
[[nodiscard]] Result<std::vector<CheckLine>> check_client(Client const& client, Catalogue const& catalogue);

}  // namespace keur
