#include "harness/judge/check.h"
#include "harness/judge/exchange.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::judge {

namespace {

struct Wanted {
    std::vector<int> statuses{401, 403};
    bool same_token = true;
};

// `{status: 401, same-token: no}`: status may be a list.
Result<Wanted> read(Yaml const& with)
{
    Wanted wanted;
    if (with.is_null()) return wanted;
    if (auto const known = with.only("`with`", {"status", "same-token"}); !known) return fail(known);
    if (auto const* status = with.find("status")) {
        wanted.statuses.clear();
        auto const& items = status->is_list() ? status->items : std::vector<Yaml>{*status};
        for (auto const& item : items) {
            auto const number = item.number();
            if (!number) return fail(number);
            if (*number < 400 || *number > 599)
                return item.wrong(fmt::format("{} is no status of an error", *number), "write such as 401");
            wanted.statuses.push_back(static_cast<int>(*number));
        }
    }
    if (auto const* same = with.find("same-token")) {
        auto const answer = same->yes_no();
        if (!answer) return fail(answer);
        wanted.same_token = *answer;
    }
    return wanted;
}

bool is_same_call(Observation const& left, Observation const& right, bool same_token)
{
    auto const equal = [&](std::string_view path) { return text_at(left, path) == text_at(right, path); };
    return equal("method") && equal("target") && (!same_token || equal("header.authorization"));
}

// A token the mock never issued as such (a number, one that was tampered with) may come again in a new answer.
bool carries_issued_token(Transcript const& seen, Observation const& call)
{
    auto const credentials = text_at(call, "header.authorization");
    auto const space = credentials.find(' ');
    return space != std::string::npos && seen.secrets.find(credentials.substr(space + 1)) != nullptr;
}

// Told to call several times at once, a client begins one of them perhaps after another was refused: so many are no repeats.
bool was_told_at_once(Transcript const& seen, std::vector<Exchange> const& calls, Observation const& later,
                      bool same_token)
{
    Observation const* told = nullptr;
    for (auto const& one : seen.all())
        if (one.id < later.id && one.kind == "command") told = &one;
    if (told == nullptr) return false;
    auto const times = field(*told, "message.at-once");
    auto const alike = std::ranges::count_if(calls, [&](Exchange const& call) {
        return call.request->id > told->id && call.request->id <= later.id &&
               is_same_call(*call.request, later, same_token);
    });
    return times.is_number_integer() && alike <= times.get<long long>();
}

std::optional<Finding> look(Transcript const& seen, Yaml const& with)
{
    auto const wanted = read(with);
    if (!wanted) return std::nullopt;
    auto const calls = exchanges(seen, "api");
    bool anything = false;
    for (auto refused = calls.begin(); refused != calls.end(); ++refused) {
        if (std::ranges::find(wanted->statuses, refused->status()) == wanted->statuses.end()) continue;
        if (wanted->same_token && !carries_issued_token(seen, *refused->request)) continue;
        anything = true;
        for (auto later = std::next(refused); later != calls.end(); ++later)
            if (is_same_call(*refused->request, *later->request, wanted->same_token) &&
                later->request->id > refused->response->id &&
                !was_told_between(seen, refused->response->id, later->request->id) &&
                !was_told_at_once(seen, calls, *later->request, wanted->same_token))
                return Finding{false,
                               fmt::format("the call was repeated {} after a {}",
                                           wanted->same_token ? "with the same token" : "unchanged", refused->status()),
                               {refused->request->id, refused->response->id, later->request->id}};
    }
    if (!anything) return std::nullopt;
    return Finding{true, "the refused call was not repeated", {}};
}

}  // namespace

Check same_call_after()
{
    return {.name = "same-call-after",
            .title = "a call that was refused is not repeated by itself",
            .negative = true,
            .accepts = [](Yaml const& with) -> Result<void> {
                auto const wanted = read(with);
                if (!wanted) return fail(wanted);
                return {};
            },
            .look = look};
}

}  // namespace keur::judge
