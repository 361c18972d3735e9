#pragma once

#include "protocol/net/loop.h"

#include <functional>
#include <string>

namespace keur::reference {

// Calls `take` for each line of standard input, on the loop, until it ends.
void serve_lines(net::Loop& loop, std::function<void(std::string const&)> const& take);

// Serves the loop until SIGTERM comes.
void serve_until_told(net::Loop& loop);

}  // namespace keur::reference
