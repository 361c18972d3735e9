#include "evidence/observation.h"

#include "evidence/members.h"
#include "protocol/base/clock.h"

#include <algorithm>
#include <charconv>

namespace keur {

namespace {

std::string lower_case(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](char each) { return each >= 'A' && each <= 'Z' ? char(each + 32) : each; });
    return result;
}

bool same_member(std::string_view left, std::string_view right, bool in_header)
{
    return in_header ? lower_case(left) == lower_case(right) : left == right;
}

Json const* element(Json const& list, std::string_view index)
{
    std::size_t number = 0;
    auto const [end, error] = std::from_chars(index.data(), index.data() + index.size(), number);
    bool const is_whole = error == std::errc{} && end == index.data() + index.size();
    return is_whole && number < list.size() ? &list[number] : nullptr;
}

// Member names may themselves hold dots (`query.user.name`): the longest name that exists is taken first.
Json const* walk(Json const& value, std::string_view path, bool in_header)
{
    for (auto end = path.size(); end != std::string_view::npos && end > 0; end = path.rfind('.', end - 1)) {
        auto const step = path.substr(0, end);
        Json const* next = nullptr;
        if (value.is_array()) next = element(value, step);
        if (value.is_object())
            for (auto const& [name, member] : value.items())
                if (same_member(name, step, in_header)) next = &member;
        if (next == nullptr) continue;
        if (end == path.size()) return next;
        if (auto const* const found = walk(*next, path.substr(end + 1), step == "header")) return found;
    }
    return nullptr;
}

// Reads what to_rfc3339() writes.
Result<TimePoint> parse_time(std::string_view text)
{
    int year = 0;
    unsigned month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0;
    char zone = 0;
    std::string const terminated(text);
    auto const read = std::sscanf(terminated.c_str(), "%4d-%2u-%2uT%2u:%2u:%2u.%3u%c", &year, &month, &day, &hour,
                                  &minute, &second, &milli, &zone);
    using namespace std::chrono;
    auto const date = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
    if (read != 8 || zone != 'Z' || !date.ok())
        return fail({}, "'" + terminated + "' is not a time such as 2026-11-22T08:15:30.123Z");
    return sys_days(date) + hours(hour) + minutes(minute) + seconds(second) + milliseconds(milli);
}

}  // namespace

Json field(Observation const& seen, std::string_view path)
{
    if (path == "id") return seen.id;
    if (path == "party") return seen.party;
    if (path == "kind") return seen.kind;
    auto const* const found = walk(seen.fields, path, false);
    return found != nullptr ? *found : Json();
}

Json to_json(Observation const& seen)
{
    return {{"id", seen.id},
            {"time", to_rfc3339(seen.time)},
            {"since-start-us", seen.since_start.count()},
            {"party", seen.party},
            {"kind", seen.kind},
            {"fields", seen.fields}};
}

Result<Observation> observation_from_json(Json const& json)
{
    Members members(json, "observation");
    Observation seen{.id = static_cast<int>(std::min<std::uint64_t>(members.whole("id"), 1'000'000'000)),
                     .time = members.named("time", parse_time),
                     .since_start = std::chrono::microseconds(members.whole("since-start-us")),
                     .party = members.text("party"),
                     .kind = members.text("kind"),
                     .fields = members.object("fields")};
    return members.finished(std::move(seen));
}

}  // namespace keur
