#include "harness/judge/guideline.h"

#include <algorithm>

namespace keur::judge {

namespace {

bool holds(std::vector<OfferedValue> const& values, OfferedValue const& value)
{
    return std::ranges::find(values, value) != values.end();
}

}  // namespace

OfferedValue Guideline::graded(Component const& component, OfferedName const& value)
{
    auto const row =
        std::ranges::find_if(component.rows, [&](Row const& each) { return each.names.found_in(value.name); });
    if (row == component.rows.end())
        return {.name = value.shown, .grade = Grade::ungraded, .why = {}, .section = component.section};
    return {.name = value.shown, .grade = row->grade, .why = row->why, .section = row->section};
}

OfferedComponent Guideline::graded(Component const& component, std::vector<SeenHello> const& hellos)
{
    OfferedComponent result{.name = component.name, .grade = Grade::good, .values = {}};
    auto const add = [&](OfferedValue value) {
        result.grade = std::max(result.grade, value.grade);
        if (!holds(result.values, value)) result.values.push_back(std::move(value));
    };
    for (auto const& seen : hellos) {
        if (component.when && !offers(seen.hello, "versions", *component.when)) continue;
        auto const list = seen.hello.find(component.of);
        bool is_there = false;
        if (list != seen.hello.end())
            for (auto const& value : list->second)
                if (!component.only || component.only->found_in(value.name)) {
                    add(graded(component, value));
                    is_there = true;
                }
        if (!is_there && component.absent)
            add({.name = "not offered",
                 .grade = *component.absent,
                 .why = {},
                 .section = component.section,
                 .is_absence = true});
    }
    return result;
}

Offer Guideline::grade(std::string const& client, std::vector<SeenHello> const& hellos) const
{
    Offer offer{.client = client, .guideline = title_, .edition = edition_, .address = address_};
    std::vector<Hello const*> shapes;
    for (auto const& seen : hellos) {
        offer.hellos += seen.count;
        if (std::ranges::none_of(shapes, [&](auto const* one) { return *one == seen.hello; }))
            shapes.push_back(&seen.hello);
    }
    offer.shapes = shapes.size();
    for (auto const& component : components_)
        if (auto row = graded(component, hellos); !row.values.empty()) offer.components.push_back(std::move(row));
    return offer;
}

}  // namespace keur::judge
