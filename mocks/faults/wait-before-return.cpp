#include "mocks/engine/fault.h"

namespace keur::mocks {

namespace {

Result<void> check(Yaml const& argument)
{
    auto const wait = argument.milliseconds();
    if (!wait) return fail(wait);
    if (*wait < 0) return argument.wrong("time does not run backwards here", "write a duration such as 90s");
    return {};
}

}  // namespace

Fault wait_before_return()
{
    return {.name = "wait-before-return",
            .title = "time passes before the browser returns to the client: DURATION",
            .source = "RFC 6749 §4.1.2",
            .check = check,
            .transport = true};
}

}  // namespace keur::mocks
