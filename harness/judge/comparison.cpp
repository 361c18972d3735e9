#include "harness/judge/comparison.h"

#include "harness/judge/pattern.h"
#include "harness/judge/regex.h"
#include "protocol/base/encoding.h"
#include "protocol/base/names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace keur::judge {

namespace {

using Compiled = Result<Comparison>;

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

bool is_present(Json const& value)
{
    return !value.is_null() && !(value.is_string() && value.get_ref<std::string const&>().empty()) &&
           !(value.is_structured() && value.empty());
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

Secret const* secret_of(Json const& value, Transcript const& transcript)
{
    if (!value.is_string()) return nullptr;
    auto const& text = value.get_ref<std::string const&>();
    auto const* exact = transcript.secrets.find(text);
    return exact != nullptr ? exact : transcript.secrets.find(without_scheme(text));
}

bool is_expired(Secret const& secret, TimePoint at)
{
    return secret.expires && *secret.expires <= at;
}

// A use is recorded just before the secret dies of it, so the moment of death itself does not count.
bool is_dead(Secret const& secret, TimePoint at)
{
    return is_expired(secret, at) || (secret.dead_since && *secret.dead_since < at);
}

Result<Yaml> one_value(Yaml const& source)
{
    if (source.is_scalar()) return source;
    return source.wrong("a field is compared with one value",
                        source.is_null() ? "write {present: no}" : "write a value, or {one-of: [a, b]}");
}

Compiled is(Yaml const& argument, KindRow const&)
{
    auto const value = one_value(argument);
    if (!value) return fail(value);
    return Comparison{fmt::format("= {}", value->scalar), false,
                      [wanted = *value](Json const& seen, Moment const&) { return equals(seen, wanted); }};
}

Compiled is_not(Yaml const& argument, KindRow const&)
{
    auto const value = one_value(argument);
    if (!value) return fail(value);
    return Comparison{fmt::format("other than {}", value->scalar), false,
                      [wanted = *value](Json const& seen, Moment const&) { return !equals(seen, wanted); }};
}

Compiled one_of(Yaml const& argument, KindRow const&)
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

Compiled present(Yaml const& argument, KindRow const&)
{
    auto const wanted = argument.yes_no();
    if (!wanted) return fail(wanted);
    return Comparison{*wanted ? "present" : "absent", false,
                      [wanted = *wanted](Json const& seen, Moment const&) { return is_present(seen) == wanted; }};
}

Compiled matches(Yaml const& argument, KindRow const&)
{
    auto regex = Regex::compile(argument);
    if (!regex) return fail(regex);
    return Comparison{
        fmt::format("like /{}/", regex->text()), false,
        [regex = *regex](Json const& seen, Moment const&) { return !seen.is_null() && regex.found_in(as_text(seen)); }};
}

Compiled contains(Yaml const& argument, KindRow const&)
{
    auto text = argument.text();
    if (!text) return fail(text);
    return Comparison{fmt::format("containing '{}'", *text), false, [text = *text](Json const& seen, Moment const&) {
                          return !seen.is_null() && as_text(seen).find(text) != std::string::npos;
                      }};
}

Compiled starts_with(Yaml const& argument, KindRow const&)
{
    auto text = argument.text();
    if (!text) return fail(text);
    return Comparison{fmt::format("starting with '{}'", *text), false, [text = *text](Json const& seen, Moment const&) {
                          return !seen.is_null() && as_text(seen).starts_with(text);
                      }};
}

Compiled longer_than(Yaml const& argument, KindRow const&)
{
    auto const limit = argument.number();
    if (!limit) return fail(limit);
    if (*limit < 0) return argument.wrong("a length is not negative", "write 0 or more");
    return Comparison{fmt::format("longer than {} characters", *limit), false,
                      [limit = static_cast<std::size_t>(*limit)](Json const& seen, Moment const&) {
                          return characters(as_text(seen)) > limit;
                      }};
}

Compiled at_least(Yaml const& argument, KindRow const&)
{
    auto const limit = argument.number();
    if (!limit) return fail(limit);
    return Comparison{fmt::format("at least {}", *limit), false,
                      [limit = static_cast<double>(*limit)](Json const& seen, Moment const&) {
                          auto const number = as_number(seen);
                          return number && *number >= limit;
                      }};
}

Compiled at_most(Yaml const& argument, KindRow const&)
{
    auto const limit = argument.number();
    if (!limit) return fail(limit);
    return Comparison{fmt::format("at most {}", *limit), false,
                      [limit = static_cast<double>(*limit)](Json const& seen, Moment const&) {
                          auto const number = as_number(seen);
                          return number && *number <= limit;
                      }};
}

bool was_seen_before(Json const& value, Moment const& moment)
{
    for (auto const& earlier : moment.transcript.all()) {
        if (earlier.id >= moment.seen.id) return false;
        if (moment.fits_the_rest(earlier) && moment.field.of(earlier) == value) return true;
    }
    return false;
}

Compiled seen_before(Yaml const& argument, KindRow const&)
{
    auto const wanted = argument.yes_no();
    if (!wanted) return fail(wanted);
    return Comparison{*wanted ? "seen before" : "not seen before", true,
                      [wanted = *wanted](Json const& seen, Moment const& moment) {
                          return (is_present(seen) && was_seen_before(seen, moment)) == wanted;
                      }};
}

Compiled same_as(Yaml const& argument, KindRow const& kind)
{
    auto other = FieldPath::compile(argument, kind);
    if (!other) return fail(other);
    return Comparison{fmt::format("the same as {}", other->text()), false,
                      [other = *other](Json const& seen, Moment const& moment) {
                          return !seen.is_null() && seen == other.of(moment.seen);
                      }};
}

// The pattern of `same-as-last` is its map without the member `field`.
Compiled same_as_last(Yaml const& argument, KindRow const&)
{
    auto const* name = argument.find("field");
    if (name == nullptr)
        return argument.wrong("same-as-last names no field", "write {same-as-last: {at: authorize, field: query.x}}");
    auto rest = argument;
    std::erase_if(rest.members, [](auto const& member) { return member.first.scalar == "field"; });
    auto pattern = Pattern::compile(rest);
    if (!pattern) return fail(pattern);
    auto field = FieldPath::compile(*name, pattern->kind());
    if (!field) return fail(field);
    return Comparison{fmt::format("the same as {} of the last {}", field->text(), pattern->noun()), false,
                      [pattern = *pattern, field = *field](Json const& seen, Moment const& moment) {
                          Observation const* last = nullptr;
                          for (auto const& earlier : moment.transcript.all()) {
                              if (earlier.id >= moment.seen.id) break;
                              if (pattern.fits(earlier, moment.transcript)) last = &earlier;
                          }
                          return last != nullptr && !seen.is_null() && field.of(*last) == seen;
                      }};
}

Result<std::string> secret_kind(Yaml const& argument, bool any)
{
    auto text = argument.text();
    if (!text || (any && *text == "any")) return text;
    if (std::ranges::find(secret_kinds(), *text) == secret_kinds().end())
        return std::unexpected(unknown_name(argument.at(), "kind of secret", *text, secret_kinds()));
    return text;
}

Compiled secret(Yaml const& argument, KindRow const&)
{
    auto kind = secret_kind(argument, false);
    if (!kind) return fail(kind);
    return Comparison{fmt::format("a secret of kind {}", *kind), false,
                      [kind = *kind](Json const& seen, Moment const& moment) {
                          auto const* found = secret_of(seen, moment.transcript);
                          return found != nullptr && found->kind == kind;
                      }};
}

Compiled of_a_secret(Yaml const& argument, std::string_view word, bool (*test)(Secret const&, TimePoint))
{
    auto const wanted = argument.yes_no();
    if (!wanted) return fail(wanted);
    return Comparison{fmt::format("{}{}", *wanted ? "" : "not ", word), false,
                      [wanted = *wanted, test](Json const& seen, Moment const& moment) {
                          auto const* found = secret_of(seen, moment.transcript);
                          return found != nullptr && test(*found, moment.seen.time) == wanted;
                      }};
}

Compiled dead(Yaml const& argument, KindRow const&)
{
    return of_a_secret(argument, "dead", is_dead);
}

Compiled expired(Yaml const& argument, KindRow const&)
{
    return of_a_secret(argument, "expired", is_expired);
}

Compiled holds(Yaml const& argument, KindRow const&)
{
    auto kind = secret_kind(argument, true);
    if (!kind) return fail(kind);
    return Comparison{*kind == "any" ? "holding a secret" : fmt::format("holding a secret of kind {}", *kind), false,
                      [kind = *kind](Json const& seen, Moment const& moment) {
                          auto const found = moment.transcript.secrets.sightings(as_text(seen));
                          return std::ranges::any_of(
                              found, [&](auto const& one) { return kind == "any" || one.kind == kind; });
                      }};
}

struct ComparisonRow {
    std::string_view name;
    Compiled (*compile)(Yaml const& argument, KindRow const& kind);
};

constexpr std::array comparison_rows{
    ComparisonRow{"is", is},
    ComparisonRow{"is-not", is_not},
    ComparisonRow{"one-of", one_of},
    ComparisonRow{"present", present},
    ComparisonRow{"matches", matches},
    ComparisonRow{"contains", contains},
    ComparisonRow{"starts-with", starts_with},
    ComparisonRow{"longer-than", longer_than},
    ComparisonRow{"at-least", at_least},
    ComparisonRow{"at-most", at_most},
    ComparisonRow{"seen-before", seen_before},
    ComparisonRow{"same-as", same_as},
    ComparisonRow{"same-as-last", same_as_last},
    ComparisonRow{"secret", secret},
    ComparisonRow{"dead", dead},
    ComparisonRow{"expired", expired},
    ComparisonRow{"holds", holds},
};

}  // namespace

std::vector<std::string> comparison_names()
{
    std::vector<std::string> names;
    for (auto const& row : comparison_rows) names.emplace_back(row.name);
    return names;
}

Result<std::vector<Comparison>> compile_comparisons(Yaml const& source, KindRow const& kind)
{
    std::vector<Comparison> result;
    if (!source.is_map()) {
        auto equality = is(source, kind);
        if (!equality) return fail(equality);
        result.push_back(std::move(*equality));
        return result;
    }
    if (source.members.empty()) return source.wrong("no comparison stands here", "write {present: yes} or a value");
    for (auto const& [name, argument] : source.members) {
        auto const row = std::ranges::find(comparison_rows, name.scalar, &ComparisonRow::name);
        if (row == comparison_rows.end())
            return std::unexpected(unknown_name(name.at(), "comparison", name.scalar, comparison_names()));
        auto comparison = row->compile(argument, kind);
        if (!comparison) return fail(comparison);
        result.push_back(std::move(*comparison));
    }
    return result;
}

}  // namespace keur::judge
