#include "evidence/offer.h"

#include "evidence/members.h"
#include "protocol/base/names.h"

#include <algorithm>
#include <array>

namespace keur {

namespace {

struct GradeRow {
    Grade grade;
    std::string_view name;
};
constexpr std::array grade_rows{GradeRow{Grade::good, "good"}, GradeRow{Grade::sufficient, "sufficient"},
                                GradeRow{Grade::ungraded, "not-graded"}, GradeRow{Grade::phase_out, "phase-out"},
                                GradeRow{Grade::insufficient, "insufficient"}};

Json to_json(OfferedValue const& value)
{
    return {{"name", value.name},
            {"grade", name(value.grade)},
            {"why", value.why},
            {"section", value.section},
            {"absence", value.is_absence}};
}

Json to_json(OfferedComponent const& component)
{
    Json values = Json::array();
    for (auto const& value : component.values) values.push_back(to_json(value));
    return {{"name", component.name}, {"grade", name(component.grade)}, {"values", values}};
}

Result<OfferedValue> value_from_json(Json const& json)
{
    Members members(json, "offered value");
    OfferedValue value{.name = members.text("name"),
                       .grade = members.named("grade", parse_grade),
                       .why = members.text("why"),
                       .section = members.text("section"),
                       .is_absence = members.yes_no("absence")};
    return members.finished(std::move(value));
}

Result<OfferedComponent> component_from_json(Json const& json)
{
    Members members(json, "offered component");
    OfferedComponent component{.name = members.text("name"),
                               .grade = members.named("grade", parse_grade),
                               .values = members.each("values", value_from_json)};
    return members.finished(std::move(component));
}

}  // namespace

std::string_view name(Grade value)
{
    return std::ranges::find(grade_rows, value, &GradeRow::grade)->name;  // every enumerator has a row
}

Result<Grade> parse_grade(std::string_view text)
{
    auto const* const row = std::ranges::find(grade_rows, text, &GradeRow::name);
    if (row != grade_rows.end()) return row->grade;
    std::vector<std::string> known;
    for (auto const& each : grade_rows) known.emplace_back(each.name);
    return std::unexpected(unknown_name({}, "grade", text, known));
}

Json to_json(Offer const& offer)
{
    Json components = Json::array();
    for (auto const& component : offer.components) components.push_back(to_json(component));
    return {{"client", offer.client},   {"guideline", offer.guideline}, {"edition", offer.edition},
            {"address", offer.address}, {"hellos", offer.hellos},       {"shapes", offer.shapes},
            {"components", components}};
}

Result<Offer> offer_from_json(Json const& json)
{
    Members members(json, "offer");
    Offer offer{.client = members.text("client"),
                .guideline = members.text("guideline"),
                .edition = members.text("edition"),
                .address = members.text("address"),
                .hellos = members.whole("hellos"),
                .shapes = members.whole("shapes"),
                .components = members.each("components", component_from_json)};
    return members.finished(std::move(offer));
}

}  // namespace keur
