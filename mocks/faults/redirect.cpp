#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/member.h"
#include "protocol/base/names.h"

#include <algorithm>
#include <array>

namespace keur::mocks {

namespace {

std::string origin(FaultedReply const& faulted, std::string const& party)
{
    auto const found = faulted.origins.find(party);
    return found == faulted.origins.end() ? std::string() : found->second;
}

// The same server without TLS: the plain listener when there is one, else the TLS port spoken to in plain HTTP.
std::string plain_origin(FaultedReply const& faulted)
{
    auto const plain = origin(faulted, "plain");
    if (!plain.empty()) return plain;
    auto const secure = origin(faulted, faulted.party);
    return "http" + secure.substr(std::min(secure.find(':'), secure.size()));
}

struct TargetRow {
    std::string_view name;
    std::string (*location)(FaultedReply const&);
};
constexpr std::array target_rows{
    TargetRow{"attacker",
              [](FaultedReply const& faulted) { return origin(faulted, "attacker") + faulted.request.target; }},
    TargetRow{"plain", [](FaultedReply const& faulted) { return plain_origin(faulted) + faulted.request.target; }},
    TargetRow{"loop",
              [](FaultedReply const& faulted) { return origin(faulted, faulted.party) + faulted.request.target; }},
    TargetRow{
        "other-path",
        [](FaultedReply const& faulted) { return origin(faulted, faulted.party) + "/moved" + faulted.request.target; }},
};
constexpr std::array statuses{301LL, 302LL, 303LL, 307LL, 308LL};

Result<void> check(Yaml const& argument)
{
    if (auto known = only_members(argument, "redirect", {"to", "status"}); !known) return known;
    auto const to = text_of(argument, "to");
    if (!to) return fail(to);
    if (std::ranges::find(target_rows, *to, &TargetRow::name) == target_rows.end()) {
        std::vector<std::string> names;
        for (auto const& row : target_rows) names.emplace_back(row.name);
        return std::unexpected(unknown_name(argument.find("to")->at(), "target", *to, names));
    }
    auto const status = number_or(argument, "status", 307);
    if (!status) return fail(status);
    if (std::ranges::find(statuses, *status) == statuses.end())
        return argument.find("status")->wrong("this status is no redirect", "write 301, 302, 303, 307 or 308");
    return {};
}

bool apply(Yaml const& argument, FaultedReply& faulted)
{
    auto const to = text_or(argument, "to", "").value_or("");
    auto const* const row = std::ranges::find(target_rows, to, &TargetRow::name);
    if (row == target_rows.end()) return false;
    faulted.reply.response = {.status = static_cast<int>(number_or(argument, "status", 307).value_or(307)),
                              .headers = {{"Location", row->location(faulted)}, {"Cache-Control", "no-store"}},
                              .body = {}};
    return true;
}

}  // namespace

Fault redirect()
{
    return {.name = "redirect",
            .title = "the answer points elsewhere: {to: attacker, plain, loop or other-path, status: 307}",
            .source = "RFC 9110 §15.4",
            .check = check,
            .on_reply = apply};
}

}  // namespace keur::mocks
