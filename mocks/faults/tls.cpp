#include "mocks/engine/fault.h"
#include "mocks/engine/member.h"
#include "mocks/tls/case.h"

namespace keur::mocks {

namespace {

Result<void> check(Yaml const& argument)
{
    if (auto known = argument.only("the fault tls", {"at", "case"}); !known) return known;
    auto const* const entry = argument.find("case");
    if (entry == nullptr)
        return argument.wrong("this fault says nothing of the server",
                              "add `case:` and an entry as in mocks/tls/*.yaml");
    if (auto const read = transport::read_case(*entry, SystemClock().now()); !read) return fail(read);
    return {};
}

}  // namespace

Fault tls()
{
    return {
        .name = "tls",
        .title =
            "a connection of the client's ends at a server with a certificate or handshake of mocks/tls/*.yaml: {at: "
            "ENDPOINT or PARTY, case: {…}}",
        .source = "each case names its own",
        .default_at = "token",
        .check = check,
        .transport = true};
}

}  // namespace keur::mocks
