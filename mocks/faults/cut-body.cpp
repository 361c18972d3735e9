#include "mocks/engine/fault.h"
#include "mocks/engine/fault_gate.h"
#include "mocks/engine/member.h"
#include "protocol/base/names.h"

#include <algorithm>
#include <array>

namespace keur::mocks {

namespace {

constexpr std::array framings{std::pair{"length", http::Framing::length}, std::pair{"chunked", http::Framing::chunked},
                              std::pair{"until-close", http::Framing::until_close}};

Result<http::Framing> framing_of(Yaml const& argument)
{
    auto const name = text_or(argument, "framing", "length");
    if (!name) return fail(name);
    auto const* const row = std::ranges::find(framings, std::string_view(*name),
                                              [](auto const& pair) -> std::string_view { return pair.first; });
    if (row != framings.end()) return row->second;
    std::vector<std::string> known;
    for (auto const& [each, framing] : framings) known.emplace_back(each);
    return std::unexpected(unknown_name(argument.find("framing")->at(), "framing", *name, known));
}

Result<void> check(Yaml const& argument)
{
    if (auto known = only_members(argument, "cut-body", {"after", "framing", "close-notify"}); !known) return known;
    if (auto const framing = framing_of(argument); !framing) return fail(framing);
    if (auto const goodbye = yes_no_or(argument, "close-notify", true); !goodbye) return fail(goodbye);
    auto const* after = argument.find("after");
    if (after == nullptr || after->scalar == "half" || after->scalar == "all") return {};
    auto const bytes = after->number();
    if (!bytes || *bytes < 0)
        return after->wrong("after is neither half, all nor a number of bytes", "write after: half");
    return {};
}

std::size_t sent_of(Yaml const& argument, std::size_t size)
{
    auto const* after = argument.find("after");
    if (after == nullptr || after->scalar == "half") return size / 2;
    if (after->scalar == "all") return size;
    return std::min(static_cast<std::size_t>(std::max(0LL, after->number().value_or(0))), size - 1);
}

bool apply(Yaml const& argument, FaultedReply& faulted)
{
    auto const size = faulted.reply.response.body.size();
    if (size == 0) return false;
    auto& delivery = faulted.reply.delivery;
    delivery.cut_after = sent_of(argument, size);
    delivery.framing = framing_of(argument).value_or(http::Framing::length);
    delivery.close_notify = yes_no_or(argument, "close-notify", true).value_or(true);
    return true;
}

}  // namespace

Fault cut_body()
{
    return {.name = "cut-body",
            .title =
                "the body's end never comes and the connection closes: {after: BYTES, half or all, framing: length, "
                "chunked or until-close, close-notify: no}",
            .source = "RFC 9112 §8",
            .check = check,
            .on_reply = apply};
}

}  // namespace keur::mocks
