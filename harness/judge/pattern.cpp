#include "harness/judge/pattern.h"

#include "harness/judge/exchange.h"
#include "harness/judge/matcher.h"
#include "protocol/base/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur {

namespace {

Result<judge::KindRow const*> kind_of(Yaml const& source)
{
    auto const* member = source.find("kind");
    auto const name = member == nullptr ? Result<std::string>("request") : member->text();
    if (!name) return fail(name);
    auto const* row = judge::find_kind(*name);
    if (row == nullptr)
        return std::unexpected(unknown_name(member->at(), "kind of observation", *name, judge::kind_names()));
    return row;
}

std::string kinds_of_party(std::string_view party)
{
    std::string names;
    for (auto const& row : judge::kinds())
        if (row.party == party) names += (names.empty() ? "" : ", ") + std::string(row.name);
    return names;
}

// Sets the place from `at:`; fails when observations of that kind never stand there.
Result<void> place(Yaml const& at, Matcher& matcher)
{
    auto const name = at.text();
    if (!name) return fail(name);
    auto const& kind = *matcher.kind;
    bool const is_silent = judge::is_silent_party(*name);
    if (is_silent && kind.party != *name)
        return at.wrong(fmt::format("the {} has no observation of kind {}", *name, kind.name),
                        fmt::format("add `kind:`, one of: {}", kinds_of_party(*name)));
    if (!is_silent && !kind.party.empty())
        return at.wrong(fmt::format("{} belongs to '{}', not to '{}'", kind.noun, kind.party, *name),
                        fmt::format("write `at: {}` or leave it out", kind.party));
    matcher.place = *name;
    return {};
}

std::string describe(Matcher const& matcher)
{
    auto text = std::string(matcher.kind->noun);
    if (!matcher.place.empty() && matcher.kind->party.empty()) text += " at " + matcher.place;
    if (auto const conditions = text_of(matcher.conditions); !conditions.empty()) text += " with " + conditions;
    return text;
}

bool stands_there(Matcher const& matcher, Observation const& seen)
{
    return seen.kind == matcher.kind->name && (matcher.place.empty() || judge::stands_at(seen, matcher.place));
}

// All conditions but those that look back: what `seen-before` calls the rest of the pattern.
bool fits_the_rest(Matcher const& matcher, Observation const& seen, Transcript const& transcript)
{
    return stands_there(matcher, seen) && std::ranges::all_of(matcher.conditions, [&](Condition const& condition) {
               if (condition.comparison.looks_back) return true;
               judge::Moment const moment{seen, transcript, condition.field, {}};
               return condition.comparison.holds(condition.field.of(seen), moment);
           });
}

}  // namespace

std::string text_of(std::vector<Condition> const& conditions)
{
    std::string text;
    for (auto const& condition : conditions)
        text += fmt::format("{}{} {}", text.empty() ? "" : " and ", condition.field.text(), condition.comparison.text);
    return text;
}

Result<std::vector<Condition>> compile_conditions(Yaml const& source, judge::KindRow const& kind)
{
    if (!source.is_map() || source.members.empty())
        return source.wrong("conditions are a map of fields", "write {FIELD: VALUE} or {FIELD: {present: yes}}");
    std::vector<Condition> conditions;
    for (auto const& [name, wanted] : source.members) {
        auto field = judge::FieldPath::compile(name, kind);
        if (!field) return fail(field);
        auto comparisons = judge::compile_comparisons(wanted, kind);
        if (!comparisons) return fail(comparisons);
        for (auto& comparison : *comparisons) conditions.push_back({*field, std::move(comparison)});
    }
    return conditions;
}

bool all_hold(std::vector<Condition> const& conditions, Matcher const& matcher, Observation const& seen,
              Transcript const& transcript)
{
    auto const rest = [&](Observation const& earlier) { return fits_the_rest(matcher, earlier, transcript); };
    return std::ranges::all_of(conditions, [&](Condition const& condition) {
        judge::Moment const moment{seen, transcript, condition.field, rest};
        return condition.comparison.holds(condition.field.of(seen), moment);
    });
}

Result<Pattern> Pattern::compile(Yaml const& source)
{
    if (auto const known = source.only("a pattern", {"at", "kind", "where"}); !known) return fail(known);
    auto const kind = kind_of(source);
    if (!kind) return fail(kind);
    Matcher matcher;
    matcher.kind = *kind;
    if (auto const* at = source.find("at"))
        if (auto const placed = place(*at, matcher); !placed) return fail(placed);
    if (auto const* where = source.find("where")) {
        auto conditions = compile_conditions(*where, **kind);
        if (!conditions) return fail(conditions);
        matcher.conditions = std::move(*conditions);
    }
    Pattern pattern;
    pattern.text_ = describe(matcher);
    pattern.matcher_ = std::make_shared<Matcher const>(std::move(matcher));
    return pattern;
}

bool Pattern::fits(Observation const& seen, Transcript const& transcript) const
{
    return stands_there(*matcher_, seen) && all_hold(matcher_->conditions, *matcher_, seen, transcript);
}

Observation const* Pattern::first(Transcript const& transcript, int after_id) const
{
    auto const& all = transcript.all();
    auto const found = std::ranges::find_if(
        all, [&](Observation const& seen) { return seen.id > after_id && fits(seen, transcript); });
    return found == all.end() ? nullptr : &*found;
}

std::vector<Observation const*> Pattern::all(Transcript const& transcript, int after_id) const
{
    std::vector<Observation const*> found;
    for (auto const& seen : transcript.all())
        if (seen.id > after_id && fits(seen, transcript)) found.push_back(&seen);
    return found;
}

std::string Pattern::noun() const
{
    auto const article = text_.find(' ');
    return text_.starts_with("a") && article <= 2 ? text_.substr(article + 1) : text_;
}

judge::KindRow const& Pattern::kind() const
{
    return *matcher_->kind;
}

std::vector<NamedPlace> places_named_in(Yaml const& expectation)
{
    std::vector<NamedPlace> found;
    for (auto const& [name, value] : expectation.members) {
        if (name.scalar == "at" && value.is_scalar() && !judge::is_silent_party(value.scalar)) {
            auto const kind = kind_of(expectation);
            found.push_back({value.scalar, value.at(), !kind || (*kind)->has_endpoint()});
        }
        std::ranges::copy(places_named_in(value), std::back_inserter(found));
    }
    for (auto const& item : expectation.items) std::ranges::copy(places_named_in(item), std::back_inserter(found));
    return found;
}

Result<void> check_place(NamedPlace const& named, std::vector<std::string> const& parties,
                         std::vector<std::string> const& endpoints)
{
    auto known = parties;
    known.emplace_back("attacker");
    if (named.may_be_endpoint) {
        known.insert(known.end(), endpoints.begin(), endpoints.end());
        known.emplace_back("unknown");
    }
    if (std::ranges::find(known, named.name) != known.end()) return {};
    return std::unexpected(
        unknown_name(named.where, named.may_be_endpoint ? "party or endpoint" : "party", named.name, known));
}

}  // namespace keur
