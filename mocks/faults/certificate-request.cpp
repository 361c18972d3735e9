#include "mocks/engine/fault.h"
#include "mocks/engine/member.h"
#include "protocol/base/names.h"

#include <algorithm>

namespace keur::mocks {

namespace {

Result<void> check(Yaml const& argument)
{
    if (auto known = argument.only("the fault certificate-request", {"at", "lists"}); !known) return known;
    auto const lists = text_of(argument, "lists");
    if (!lists) return fail(lists);
    std::vector<std::string> const kinds{"other-authority"};
    if (std::ranges::find(kinds, *lists) == kinds.end())
        return std::unexpected(unknown_name(argument.find("lists")->at(), "list of authorities", *lists, kinds));
    return {};
}

}  // namespace

Fault certificate_request()
{
    return {.name = "certificate-request",
            .title =
                "a party asks for a client certificate that the client does not have: {at: PARTY, lists: "
                "other-authority}",
            .source = "RFC 8446 §4.4.2.3",
            .default_at = "idp",
            .check = check,
            .transport = true};
}

}  // namespace keur::mocks
