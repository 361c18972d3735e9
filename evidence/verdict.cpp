#include "evidence/verdict.h"

#include "evidence/members.h"
#include "protocol/base/names.h"

#include <algorithm>
#include <array>

namespace keur {

namespace {

template <class Value>
struct Row {
    Value value;
    std::string_view name;
};

constexpr std::array outcomes{Row<Outcome>{Outcome::pass, "pass"}, Row<Outcome>{Outcome::fail, "fail"},
                              Row<Outcome>{Outcome::inconclusive, "inconclusive"},
                              Row<Outcome>{Outcome::unsupported, "unsupported"},
                              Row<Outcome>{Outcome::broken, "broken"}};
constexpr std::array owners{Row<Whose>{Whose::nobody, "nobody"},
                            Row<Whose>{Whose::client, "client"},
                            Row<Whose>{Whose::configuration, "configuration"},
                            Row<Whose>{Whose::adapter, "adapter"},
                            Row<Whose>{Whose::keur, "keur"},
                            Row<Whose>{Whose::machine, "machine"}};
constexpr std::array rule_kinds{Row<RuleKind>{RuleKind::positive, "positive"},
                                Row<RuleKind>{RuleKind::negative, "negative"},
                                Row<RuleKind>{RuleKind::standing, "standing"}};
constexpr std::array levels{Row<Level>{Level::must, "MUST"}, Row<Level>{Level::should, "SHOULD"},
                            Row<Level>{Level::may, "MAY"}, Row<Level>{Level::must, "MUST NOT"},
                            Row<Level>{Level::should, "SHOULD NOT"}};
constexpr std::array attestations{
    Row<Attestation>{Attestation::stated, "stated"}, Row<Attestation>{Attestation::advised, "advised"},
    Row<Attestation>{Attestation::inferred, "inferred"}, Row<Attestation>{Attestation::assumed, "assumed"}};

// Every enumerator has a row, so the search always ends at one.
template <class Rows, class Value>
std::string_view name_in(Rows const& rows, Value value)
{
    return std::ranges::find(rows, value, &Row<Value>::value)->name;
}

template <class Value, std::size_t Count>
Result<Value> parse_in(std::array<Row<Value>, Count> const& rows, std::string_view kind, std::string_view text)
{
    auto const row = std::ranges::find(rows, text, &Row<Value>::name);
    if (row != rows.end()) return row->value;
    std::vector<std::string> known;
    for (auto const& each : rows) known.emplace_back(each.name);
    return std::unexpected(unknown_name({}, kind, text, known));
}

}  // namespace

std::string_view name(Outcome value)
{
    return name_in(outcomes, value);
}

std::string_view name(Whose value)
{
    return name_in(owners, value);
}

std::string_view name(RuleKind value)
{
    return name_in(rule_kinds, value);
}

std::string_view name(Level value)
{
    return name_in(levels, value);
}

std::string_view name(Attestation value)
{
    return name_in(attestations, value);
}

Result<Outcome> parse_outcome(std::string_view text)
{
    return parse_in(outcomes, "outcome", text);
}

Result<Whose> parse_whose(std::string_view text)
{
    return parse_in(owners, "owner", text);
}

Result<RuleKind> parse_rule_kind(std::string_view text)
{
    return parse_in(rule_kinds, "kind of rule", text);
}

Result<Level> parse_level(std::string_view text)
{
    return parse_in(levels, "level", text);
}

Result<Attestation> parse_attestation(std::string_view text)
{
    return parse_in(attestations, "attestation", text);
}

Json to_json(Verdict const& verdict)
{
    return {{"rule", verdict.rule},         {"kind", name(verdict.kind)},  {"outcome", name(verdict.outcome)},
            {"whose", name(verdict.whose)}, {"because", verdict.because},  {"expected", verdict.expected},
            {"seen", verdict.seen},         {"evidence", verdict.evidence}};
}

Result<Verdict> verdict_from_json(Json const& json)
{
    Members members(json, "verdict");
    Verdict verdict{.rule = members.text("rule"),
                    .kind = members.named("kind", parse_rule_kind),
                    .outcome = members.named("outcome", parse_outcome),
                    .whose = members.named("whose", parse_whose),
                    .because = members.text("because"),
                    .expected = members.text("expected"),
                    .seen = members.text("seen")};
    for (auto const& id : members.list("evidence")) verdict.evidence.push_back(members.id(id, "evidence"));
    return members.finished(std::move(verdict));
}

}  // namespace keur
