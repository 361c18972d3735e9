#include "reports/offer_text.h"

#include "reports/visible.h"

#include <fmt/format.h>

namespace keur::reports {

namespace {

using Paint = std::string (*)(Grade, std::string_view);

constexpr std::size_t few = 3;
constexpr std::size_t component_width = 22;
constexpr std::size_t grade_width = 12;

std::string worst_values(OfferedComponent const& component)
{
    std::string text;
    for (auto const& value : component.values)
        if (value.grade == component.grade) text += (text.empty() ? "" : ", ") + value.name;
    return text;
}

std::string line_of(OfferedComponent const& component, std::size_t width, Paint paint)
{
    auto const grade = fitted(name(component.grade), grade_width);
    constexpr std::size_t before = component_width + grade_width + 6;
    auto const values = visible_line(worst_values(component));
    auto const room = width > before + 20 ? width - before : 20;
    return fmt::format("    {} {} {}\n", fitted(component.name, component_width),
                       paint == nullptr ? grade : paint(component.grade, grade),
                       columns(values) > room ? fitted(values, room) : values);
}

}  // namespace

std::string offers_text(std::vector<Offer> const& offers, std::size_t width, Paint paint)
{
    if (offers.empty()) return {};
    std::string text;
    for (auto const& offer : offers) {
        std::string lines;
        for (auto const& component : offer.components)
            if (offers.size() <= few || component.grade > Grade::ungraded) lines += line_of(component, width, paint);
        if (!lines.empty()) text += fmt::format("  {}\n{}", visible_line(offer.client), lines);
    }
    if (text.empty()) return {};
    auto const& first = offers.front();
    return fmt::format("Offered in TLS, graded by {}, {}{}\n{}", visible_line(first.guideline),
                       visible_line(first.edition), offers.size() > few ? " (what is worse than sufficient)" : "",
                       text);
}

}  // namespace keur::reports
