#include "harness/judge/assertion.h"
#include "harness/judge/check.h"
#include "harness/judge/exchange.h"
#include "protocol/http/date.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::judge {

namespace {

using std::chrono::milliseconds;

struct Limits {
    std::optional<milliseconds> life;  // from iat to exp
    std::optional<milliseconds> skew;  // between iat and the clock, either side
    std::string parameter = "assertion";
};

Result<Limits> read(Yaml const& with)
{
    if (auto const known = with.only("`with`", {"life", "skew", "parameter"}); !known) return fail(known);
    Limits limits;
    for (auto const& [name, limit] : {std::pair{"life", &limits.life}, std::pair{"skew", &limits.skew}})
        if (auto const* member = with.find(name)) {
            auto const duration = member->milliseconds();
            if (!duration) return fail(duration);
            *limit = milliseconds(*duration);
        }
    if (auto const* member = with.find("parameter")) {
        if (member->scalar != "assertion" && member->scalar != "client_assertion")
            return member->wrong(fmt::format("no JWT is sent as '{}'", member->scalar),
                                 "use assertion or client_assertion");
        limits.parameter = member->scalar;
    }
    if (!limits.life && !limits.skew) return with.wrong("the check has no limit", "add {life: 120s} or {skew: 10s}");
    return limits;
}

// What the server's clock said when it got this: by the Date of its answer, where it has one, else the scenario's.
TimePoint time_of_server(SentAssertion const& sent, std::vector<Exchange> const& all)
{
    auto const exchange = std::ranges::find(all, sent.request, &Exchange::request);
    if (exchange == all.end() || exchange->response == nullptr) return sent.request->time;
    auto const date = http::parse_http_date(text_at(*exchange->response, "header.date"));
    return date ? *date : sent.request->time;
}

// What is wrong with the times of one grant; empty when nothing. iat must be less than the skew away: one that is put back by
// just as much would else be found only where a second passes on the way.
std::string objection(SentAssertion const& sent, TimePoint server_time, Limits const& limits)
{
    auto const& claims = sent.jwt.claims;
    if (!claims.iat) return "the assertion has no iat";
    if (limits.life && !claims.exp) return "the assertion has no exp";
    if (limits.life && *claims.exp - *claims.iat > *limits.life)
        return fmt::format("the assertion lives {} s",
                           std::chrono::duration_cast<std::chrono::seconds>(*claims.exp - *claims.iat).count());
    // A client that corrected its clock by the server's Date is as right as one that keeps its own.
    auto const own = std::chrono::duration_cast<milliseconds>(sent.request->time - *claims.iat);
    auto const theirs = std::chrono::duration_cast<milliseconds>(server_time - *claims.iat);
    auto const off = std::chrono::abs(own) < std::chrono::abs(theirs) ? own : theirs;
    if (limits.skew && std::chrono::abs(off) >= *limits.skew)
        return fmt::format("iat is {} s {} the clock", std::chrono::abs(off).count() / 1000,
                           off.count() > 0 ? "behind" : "ahead of");
    return {};
}

// The clock was moved and the client's did not follow: it cannot know what time it is.
bool client_cannot_know(Transcript const& seen, int before)
{
    return std::ranges::any_of(seen.all(), [&](Observation const& one) {
        return one.id < before && one.kind == "clock" && text_at(one, "how") == "parties-only";
    });
}

std::optional<Finding> look(Transcript const& seen, Yaml const& with)
{
    auto const limits = read(with);
    if (!limits) return std::nullopt;
    bool anything = false;
    auto const all = exchanges(seen);
    for (auto const& sent : sent_assertions(seen, limits->parameter)) {
        if (limits->skew && client_cannot_know(seen, sent.request->id)) continue;
        anything = true;
        if (auto why = objection(sent, time_of_server(sent, all), *limits); !why.empty())
            return Finding{false, std::move(why), {sent.request->id}};
    }
    if (!anything) return std::nullopt;
    return Finding{true, "the times of the assertions were in order", {}};
}

}  // namespace

// With {life: 120s}, {skew: 10s} or both, and {parameter: client_assertion} for those that are no grants; by the scenario's clock or the server's.
Check assertion_times()
{
    return {.name = "assertion-times",
            .title = "an assertion says when it was made, and lives no longer than this",
            .accepts = [](Yaml const& with) -> Result<void> {
                auto const limits = read(with);
                if (!limits) return fail(limits);
                return {};
            },
            .look = look};
}

}  // namespace keur::judge
