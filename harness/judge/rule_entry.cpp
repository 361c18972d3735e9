#include "harness/judge/rule_entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur {

std::vector<std::string> const& rules_file_members()
{
    static std::vector<std::string> const names{"system", "rules"};
    return names;
}

std::vector<std::string> const& rule_members()
{
    static std::vector<std::string> const names{"id",       "level", "title", "attestation", "sources",
                                                "prevents", "cwe",   "note",  "observable",  "standing"};
    return names;
}

std::vector<std::string> const& source_members()
{
    static std::vector<std::string> const names{"document", "section", "address"};
    return names;
}

}  // namespace keur

namespace keur::judge {

namespace {

using Read = Result<void> (*)(Yaml const& value, Rule& rule);

bool is_id(std::string_view text)
{
    constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-";
    return !text.empty() && text.size() <= 64 && text.find_first_not_of(allowed) == std::string_view::npos &&
           !text.starts_with('-') && !text.starts_with('.');
}

Result<void> take_text(Yaml const& value, std::string& into, std::string_view remedy)
{
    auto text = value.text();
    if (!text) return fail(text);
    if (text->find_first_not_of(" \t\n") == std::string::npos) return value.wrong("this is empty", std::string(remedy));
    into = std::move(*text);
    return {};
}

Result<void> read_id(Yaml const& value, Rule& rule)
{
    auto id = value.text();
    if (!id) return fail(id);
    if (!is_id(*id))
        return value.wrong(fmt::format("'{}' is no rule id", *id),
                           "use letters, digits, '.' and '-', such as LOKET-05");
    if (*id == control_rule_id) return value.wrong("'control' is the rule of keur's own controls", "use another id");
    rule.summary.id = std::move(*id);
    return {};
}

template <class Value>
Result<void> take_named(Yaml const& value, Value& into, Result<Value> (*parse)(std::string_view))
{
    auto const text = value.text();
    if (!text) return fail(text);
    auto const parsed = parse(*text);
    if (!parsed) return value.wrong(parsed.error().what, parsed.error().remedy);
    into = *parsed;
    return {};
}

Result<void> read_level(Yaml const& value, Rule& rule)
{
    return take_named(value, rule.summary.level, parse_level);
}

Result<void> read_attestation(Yaml const& value, Rule& rule)
{
    return take_named(value, rule.summary.attestation, parse_attestation);
}

Result<void> read_title(Yaml const& value, Rule& rule)
{
    return take_text(value, rule.summary.title, "write the demand in one sentence");
}

Result<void> read_prevents(Yaml const& value, Rule& rule)
{
    return take_text(value, rule.summary.prevents, "say what goes wrong when the rule is broken");
}

Result<void> read_note(Yaml const& value, Rule& rule)
{
    return take_text(value, rule.note, "leave the member out");
}

Result<Source> read_source(Yaml const& value)
{
    if (auto const known = value.only("a source", source_members()); !known) return fail(known);
    Source source;
    struct Row {
        std::string_view name;
        std::string* into;
    };
    for (auto const& row :
         {Row{"document", &source.document}, Row{"section", &source.section}, Row{"address", &source.address}}) {
        auto const* member = value.find(row.name);
        if (member == nullptr) continue;
        if (auto const taken = take_text(*member, *row.into, "leave the member out"); !taken) return fail(taken);
    }
    if (source.document.empty()) return value.wrong("the source names no document", "add `document: RFC 6749`");
    return source;
}

Result<void> read_sources(Yaml const& value, Rule& rule)
{
    if (!value.is_list() || value.items.empty())
        return value.wrong("the rule has no source", "write a list: [{document: …, section: …, address: …}]");
    for (auto const& item : value.items) {
        auto source = read_source(item);
        if (!source) return fail(source);
        rule.summary.sources.push_back(std::move(*source));
    }
    return {};
}

Result<void> read_cwe(Yaml const& value, Rule& rule)
{
    auto const number = value.number();
    if (!number) return fail(number);
    if (*number < 1 || *number > 9999)
        return value.wrong(fmt::format("there is no CWE {}", *number), "write its number, such as 352");
    rule.cwe = static_cast<int>(*number);
    return {};
}

// `yes`, or `{no: reason}`.
Result<void> read_observable(Yaml const& value, Rule& rule)
{
    if (value.is_scalar()) {
        auto const observable = value.yes_no();
        if (!observable) return fail(observable);
        if (!*observable) return value.wrong("it is not said why", "write {no: why it cannot be seen from outside}");
        return {};
    }
    if (auto const known = value.only("observable", {"no"}); !known) return fail(known);
    auto const* reason = value.find("no");
    if (reason == nullptr) return value.wrong("it is not said why", "write {no: why it cannot be seen from outside}");
    rule.summary.observable = false;
    return take_text(*reason, rule.summary.not_observable_because, "say why it cannot be seen from outside");
}

Result<void> read_standing(Yaml const& value, Rule& rule)
{
    if (!value.is_list() || value.items.empty())
        return value.wrong("standing expectations are a list", "write `- {each: …, has: …}` lines");
    for (auto const& item : value.items) {
        auto expectation = Expectation::compile(item, rule.summary.id, true);
        if (!expectation) return fail(expectation);
        rule.standing.push_back(item);
        rule.watching.push_back(std::move(*expectation));
    }
    return {};
}

struct MemberRow {
    std::string_view name;
    bool required;
    Read read;
};

constexpr std::array member_rows{
    MemberRow{"id", true, read_id},
    MemberRow{"level", true, read_level},
    MemberRow{"title", true, read_title},
    MemberRow{"attestation", true, read_attestation},
    MemberRow{"sources", true, read_sources},
    MemberRow{"prevents", true, read_prevents},
    MemberRow{"cwe", false, read_cwe},
    MemberRow{"note", false, read_note},
    MemberRow{"observable", false, read_observable},
    MemberRow{"standing", false, read_standing},
};

}  // namespace

std::optional<Rule> read_rule(Yaml const& entry, std::string const& system, std::vector<Error>& mistakes)
{
    auto const before = mistakes.size();
    auto const note = [&](Result<void> const& outcome) {
        if (!outcome) mistakes.push_back(outcome.error());
    };
    note(entry.only("a rule", rule_members()));
    if (!entry.is_map()) return std::nullopt;
    Rule rule;
    rule.where = entry.at();
    rule.summary.system = system;
    for (auto const& row : member_rows) {
        auto const* member = entry.find(row.name);
        if (member != nullptr)
            note(row.read(*member, rule));
        else if (row.required)
            note(entry.wrong(fmt::format("the rule has no `{}`", row.name), fmt::format("add `{}: …`", row.name)));
    }
    if (!rule.summary.observable && !rule.watching.empty())
        note(entry.find("standing")
                 ->wrong("a rule that cannot be observed cannot watch anything", "remove `standing`, or `observable`"));
    if (mistakes.size() != before) return std::nullopt;
    return rule;
}

}  // namespace keur::judge
