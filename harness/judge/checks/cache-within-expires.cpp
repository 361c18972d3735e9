#include "harness/judge/check.h"
#include "harness/judge/exchange.h"
#include "protocol/http/date.h"

#include <fmt/format.h>

#include <map>

namespace keur::judge {

namespace {

// Until when an answer may be used again; its own moment when it does not say so.
TimePoint fresh_until(Exchange const& exchange)
{
    auto const expires = http::parse_http_date(text_at(*exchange.response, "header.expires"));
    return expires ? *expires : exchange.response->time;
}

// The client's `done` to the command with that id; null when it gave another answer or none.
Observation const* done_after(Transcript const& seen, int command)
{
    for (auto const& one : seen.all()) {
        if (one.id <= command) continue;
        if (one.kind == "command") return nullptr;
        if (one.kind == "answer") return text_at(one, "says") == "done" ? &one : nullptr;
    }
    return nullptr;
}

// The latest good answer of the endpoint before `id`; the flag says whether a request came after `since`.
struct Latest {
    Exchange answer;
    bool asked = false;
};
Latest latest(std::vector<Exchange> const& all, int since, int until)
{
    Latest found;
    for (auto const& exchange : all) {
        if (exchange.request->id > until) break;
        if (exchange.request->id > since) found.asked = true;
        if (exchange.request->id < since && exchange.status() == 200) found.answer = exchange;
    }
    return found;
}

std::optional<Finding> look(Transcript const& seen, Yaml const&)
{
    bool anything = false;
    for (auto const& command : seen.all()) {
        auto const operation = text_at(command, "message.operation");
        if (command.kind != "command" || text_at(command, "message.do") != "call" || operation.empty()) continue;
        auto const* done = done_after(seen, command.id);
        if (done == nullptr) continue;
        auto const found = latest(exchanges(seen, operation), command.id, done->id);
        if (found.answer.response == nullptr) continue;
        anything = true;
        if (found.asked || command.time < fresh_until(found.answer)) continue;
        return Finding{false,
                       fmt::format("it answered '{}' from an answer that was no longer fresh", operation),
                       {found.answer.response->id, command.id, done->id}};
    }
    if (!anything) return std::nullopt;
    return Finding{true, "it asked anew whenever the earlier answer was no longer fresh", {}};
}

}  // namespace

// RFC 9111 §4.2.1: the Expires of the last answer, seen where a call is answered without a request. An answer without
// Expires is good for that moment only.
Check cache_within_expires()
{
    return {.name = "cache-within-expires",
            .title = "an earlier answer is used again only as long as its Expires allows",
            .accepts = takes_nothing,
            .look = look};
}

}  // namespace keur::judge
