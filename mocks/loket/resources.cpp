#include "mocks/loket/resources.h"

#include "mocks/loket/access.h"
#include "mocks/loket/envelope.h"

#include <fmt/format.h>

#include <charconv>

namespace keur::mocks::loket {

namespace {

// Reads a page parameter: from 1 to a million; the fallback when it is absent.
std::expected<std::size_t, std::string> counting(http::Form const& query, std::string_view name, std::size_t fallback)
{
    constexpr std::size_t most = 1'000'000;
    auto const given = query.find(name);
    if (!given) return fallback;
    std::size_t value = 0;
    auto const [end, failed] = std::from_chars(given->data(), given->data() + given->size(), value);
    if (failed != std::errc{} || end != given->data() + given->size() || value < 1 || value > most)
        return std::unexpected(fmt::format("{} must be a number from 1 to {}", name, most));
    return value;
}

std::expected<Paging, std::string> paging_of(PlatformState const& state, Exchange const& exchange)
{
    if (!exchange.query_error.empty()) return std::unexpected(exchange.query_error);
    auto const number = counting(exchange.query, "pageNumber", 1);
    if (!number) return std::unexpected(number.error());
    auto const size =
        counting(exchange.query, "pageSize", static_cast<std::size_t>(state.switches.number("api.page-size")));
    if (!size) return std::unexpected(size.error());
    return Paging{*number, *size};
}

// One list resource: admits the caller and shows the page asked for of what `items_for` lists.
template <class ItemsFor>
http::Response list_resource(PlatformState& state, Exchange const& exchange, ItemsFor items_for)
{
    auto const caller = admit(state, exchange);
    if (!caller) return caller.error();
    auto const paging = paging_of(state, exchange);
    if (!paging) return message(state, 400, MessageType::broken_business_rule, paging.error());
    return list_page(state, caller->version, items_for(*caller), *paging);
}

template <class Show>
http::Response employer_list(PlatformState& state, Exchange const& exchange, Show show)
{
    return list_resource(state, exchange, [&](Caller const& caller) {
        auto items = Json::array();
        for (auto const& employer : state_of(state).employers)
            if (caller.rights.sees(employer.id)) items.push_back(show(employer));
        return items;
    });
}

Json person(Employer const& employer, std::size_t index)
{
    auto const& full_name = employer.employees[index];
    auto const space = full_name.find(' ');
    return {{"id", fmt::format("{}{:04}{}", employer.id.substr(0, 24), index + 1, employer.id.substr(28))},
            {"employeeNumber", index + 1},
            {"firstName", full_name.substr(0, space)},
            {"lastName", full_name.substr(space + 1)}};
}

}  // namespace

http::Response employers(PlatformState& state, Exchange const& exchange)
{
    return employer_list(state, exchange, [](Employer const& employer) {
        return Json{{"id", employer.id},
                    {"companyName", employer.name},
                    {"place", employer.place},
                    {"numberOfEmployees", employer.employees.size()}};
    });
}

http::Response employers_minimized(PlatformState& state, Exchange const& exchange)
{
    return employer_list(state, exchange, [](Employer const& employer) {
        return Json{{"id", employer.id}, {"companyName", employer.name}};
    });
}

http::Response employees(PlatformState& state, Exchange const& exchange)
{
    return list_resource(state, exchange, [](Caller const& caller) {
        auto items = Json::array();
        for (std::size_t i = 0; i < caller.employer->employees.size(); ++i)
            items.push_back(person(*caller.employer, i));
        return items;
    });
}

http::Response authorizations(PlatformState& state, Exchange const& exchange)
{
    return list_resource(state, exchange, [](Caller const& caller) {
        auto items = Json::array();
        for (auto const& activity : caller.rights.activities)
            if (caller.released.contains(activity)) items.push_back({{"activity", activity}});
        return items;
    });
}

}  // namespace keur::mocks::loket
