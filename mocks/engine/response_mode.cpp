#include "mocks/engine/response_mode.h"

#include "mocks/engine/answers.h"
#include "mocks/engine/pages.h"
#include "mocks/engine/state.h"
#include "mocks/engine/visit.h"
#include "protocol/http/url.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keur::mocks {

namespace {

http::Response by_query(PlatformState&, Interaction const& interaction, http::Form const& parameters)
{
    return see_other(http::with_parameters(interaction.redirect_uri, parameters));
}

http::Response by_fragment(PlatformState&, Interaction const& interaction, http::Form const& parameters)
{
    return see_other(interaction.redirect_uri + '#' + http::to_text(parameters));
}

// A page whose form submits itself, or is submitted by hand where no script runs.
http::Response by_form(PlatformState& state, Interaction const& interaction, http::Form const& parameters)
{
    auto const text = [&](char const* name) { return escape_html(state.text(name)); };
    auto body = fmt::format("<h1>{}</h1>\n{}", text("returning-title"),
                            form_start(interaction.redirect_uri, parameters.pairs()));
    body += fmt::format("<div class=\"actions\"><button type=\"submit\">{}</button></div>\n</form>\n", text("go-on"));
    return page(state, 200,
                {.title = state.text("returning-title"),
                 .body = std::move(body),
                 .returns = origin_of_client(interaction),
                 .submits_itself = true});
}

struct Row {
    std::string_view name;
    http::Response (*bring)(PlatformState&, Interaction const&, http::Form const&);
};
constexpr std::array rows{Row{"query", by_query}, Row{"fragment", by_fragment}, Row{"form_post", by_form}};

}  // namespace

std::vector<std::string> response_modes()
{
    std::vector<std::string> names;
    for (auto const& row : rows) names.emplace_back(row.name);
    return names;
}

bool takes_response_mode(PlatformState const& state, std::string const& mode)
{
    auto const taken = state.blueprint.metadata.find("response_modes_supported");
    if (mode.empty() || taken == state.blueprint.metadata.end()) return true;
    bool const is_known = std::ranges::find(rows, mode, &Row::name) != rows.end();
    return is_known && std::ranges::any_of(*taken, [&](Json const& known) { return known == mode; });
}

http::Response bring_back(PlatformState& state, Interaction const& interaction, http::Form const& parameters)
{
    bool const is_known = state.blueprint.metadata.contains("response_modes_supported");
    auto const row = std::ranges::find(rows, interaction.response_mode, &Row::name);
    auto const& way = is_known && row != rows.end() ? *row : rows.front();
    return way.bring(state, interaction, parameters);
}

}  // namespace keur::mocks
