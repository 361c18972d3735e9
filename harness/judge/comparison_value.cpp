#include "harness/judge/comparison_kinds.h"

#include "harness/judge/regex.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace keur::judge {

bool is_present(Json const& value)
{
    return !value.is_null() && !(value.is_string() && value.get_ref<std::string const&>().empty()) &&
           !(value.is_structured() && value.empty());
}

}  // namespace keur::judge

namespace keur::judge::comparisons {

namespace {

// Does a value seen on the wire equal what stands in the file? Text compares as written, numbers and yes/no by value.
bool equals(Json const& value, Yaml const& wanted)
{
    if (value.is_string()) return value.get_ref<std::string const&>() == wanted.scalar;
    if (value.is_boolean()) {
        auto const answer = wanted.yes_no();
        return answer && *answer == value.get<bool>();
    }
    return value.is_number() && wanted.json().is_number() && value == wanted.json();
}

std::optional<double> as_number(Json const& value)
{
    if (value.is_number()) return value.get<double>();
    auto const text = as_text(value);
    double number = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::size_t characters(std::string const& text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

Result<Yaml> one_value(Yaml const& source)
{
    if (source.is_scalar()) return source;
    return source.wrong("a field is compared with one value",
                        source.is_null() ? "write {present: no}" : "write a value, or {one-of: [a, b]}");
}

}  // namespace

Result<Comparison> is(Yaml const& argument, KindRow const&)
{
    auto const value = one_value(argument);
    if (!value) return fail(value);
    return Comparison{fmt::format("= {}", value->scalar), false,
                      [wanted = *value](Json const& seen, Moment const&) { return equals(seen, wanted); }};
}

Result<Comparison> is_not(Yaml const& argument, KindRow const&)
{
    auto const value = one_value(argument);
    if (!value) return fail(value);
    return Comparison{fmt::format("other than {}", value->scalar), false,
                      [wanted = *value](Json const& seen, Moment const&) { return !equals(seen, wanted); }};
}

Result<Comparison> one_of(Yaml const& argument, KindRow const&)
{
    if (!argument.is_list() || argument.items.empty())
        return argument.wrong("one-of needs a list of values", "write {one-of: [a, b]}");
    std::vector<std::string> words;
    for (auto const& item : argument.items) {
        auto const value = one_value(item);
        if (!value) return fail(value);
        words.push_back(value->scalar);
    }
    return Comparison{fmt::format("one of {}", fmt::join(words, ", ")), false,
                      [wanted = argument.items](Json const& seen, Moment const&) {
                          return std::ranges::any_of(wanted, [&](Yaml const& one) { return equals(seen, one); });
                      }};
}

Result<Comparison> present(Yaml const& argument, KindRow const&)
{
    auto const wanted = argument.yes_no();
    if (!wanted) return fail(wanted);
    return Comparison{*wanted ? "present" : "absent", false,
                      [wanted = *wanted](Json const& seen, Moment const&) { return is_present(seen) == wanted; }};
}

Result<Comparison> matches(Yaml const& argument, KindRow const&)
{
    auto regex = Regex::compile(argument);
    if (!regex) return fail(regex);
    return Comparison{
        fmt::format("like /{}/", regex->text()), false,
        [regex = *regex](Json const& seen, Moment const&) { return !seen.is_null() && regex.found_in(as_text(seen)); }};
}

Result<Comparison> contains(Yaml const& argument, KindRow const&)
{
    auto text = argument.text();
    if (!text) return fail(text);
    return Comparison{fmt::format("containing '{}'", *text), false, [text = *text](Json const& seen, Moment const&) {
                          return !seen.is_null() && as_text(seen).find(text) != std::string::npos;
                      }};
}

Result<Comparison> starts_with(Yaml const& argument, KindRow const&)
{
    auto text = argument.text();
    if (!text) return fail(text);
    return Comparison{fmt::format("starting with '{}'", *text), false, [text = *text](Json const& seen, Moment const&) {
                          return !seen.is_null() && as_text(seen).starts_with(text);
                      }};
}

Result<Comparison> longer_than(Yaml const& argument, KindRow const&)
{
    auto const limit = argument.number();
    if (!limit) return fail(limit);
    if (*limit < 0) return argument.wrong("a length is not negative", "write 0 or more");
    return Comparison{fmt::format("longer than {} characters", *limit), false,
                      [limit = static_cast<std::size_t>(*limit)](Json const& seen, Moment const&) {
                          return characters(as_text(seen)) > limit;
                      }};
}

Result<Comparison> at_least(Yaml const& argument, KindRow const&)
{
    auto const limit = argument.number();
    if (!limit) return fail(limit);
    return Comparison{fmt::format("at least {}", *limit), false,
                      [limit = static_cast<double>(*limit)](Json const& seen, Moment const&) {
                          auto const number = as_number(seen);
                          return number && *number >= limit;
                      }};
}

Result<Comparison> at_most(Yaml const& argument, KindRow const&)
{
    auto const limit = argument.number();
    if (!limit) return fail(limit);
    return Comparison{fmt::format("at most {}", *limit), false,
                      [limit = static_cast<double>(*limit)](Json const& seen, Moment const&) {
                          auto const number = as_number(seen);
                          return number && *number <= limit;
                      }};
}

}  // namespace keur::judge::comparisons
