#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/member.h"
#include "protocol/base/names.h"

#include <algorithm>

namespace keur::mocks {

namespace {

Result<void> check(Yaml const& argument)
{
    if (auto known = argument.only("the fault certificate", {"at", "is"}); !known) return known;
    auto const is = text_of(argument, "is");
    if (!is) return fail(is);
    std::vector<std::string> const kinds{"unknown-ca", "wrong-host", "expired", "not-yet-valid", "self-signed"};
    if (std::ranges::find(kinds, *is) == kinds.end())
        return std::unexpected(unknown_name(argument.find("is")->at(), "certificate", *is, kinds));
    return {};
}

}  // namespace

Fault certificate()
{
    return {.name = "certificate",
            .title =
                "a party shows a bad certificate: {at: PARTY, is: unknown-ca, wrong-host, expired, not-yet-valid or "
                "self-signed}",
            .source = "RFC 9525 §6, RFC 5280 §6",
            .default_at = "idp",
            .check = check,
            .transport = true};
}

}  // namespace keur::mocks
