#include "mocks/engine/routing.h"

#include "mocks/engine/answers.h"
#include "mocks/engine/state.h"
#include "protocol/http/cookie.h"
#include "protocol/http/url.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace keur::mocks {

namespace {

constexpr auto form_type = "application/x-www-form-urlencoded";

void read_form(PlatformState const& state, Exchange& exchange)
{
    auto const& request = exchange.request;
    auto const type = request.media_type();
    bool const lenient = exchange.endpoint == "token" && state.switches.is("token-endpoint.content-type", "lenient");
    if (type != form_type && !lenient) {
        exchange.form_error = "the body is not " + std::string(form_type);
        return;
    }
    auto form = http::parse_form(request.body);
    if (form)
        exchange.form = std::move(*form);
    else
        exchange.form_error = form.error().what;
}

// Of several rows with one name only one is served: the first, or the last once the endpoint has moved.
bool is_in_use(PlatformState const& state, Endpoint const& endpoint)
{
    auto const& all = state.blueprint.endpoints;
    auto const is_twin = [&](Endpoint const& other) { return other.name == endpoint.name && &other != &endpoint; };
    if (std::ranges::none_of(all, is_twin)) return true;
    auto const address = http::parse_url(state.address(endpoint.name));
    return address && address->path == endpoint.path;
}

http::Response wrong_method(PlatformState& state, Exchange const& exchange, Endpoint const& endpoint)
{
    auto const allowed = fmt::format("{}", fmt::join(endpoint.methods, ", "));
    auto response = endpoint.name == "token"
                        ? to_response({"invalid_request", "token requests are sent by " + allowed, 405, {}})
                        : refusal(state, exchange.party, 405, "the method is not allowed here");
    response.headers.set("Allow", allowed);
    return response;
}

}  // namespace

std::pair<Exchange, Endpoint const*> take_apart(PlatformState const& state, std::string const& party,
                                                http::Request const& request, bool secure)
{
    Exchange exchange{.party = party, .request = request, .secure = secure};
    auto const segments = path_segments(request.path());
    auto const& endpoints = state.blueprint.endpoints;
    auto const found = std::ranges::find_if(endpoints, [&](Endpoint const& endpoint) {
        return endpoint.party == party && fits(endpoint, segments, exchange.in);
    });
    if (found != endpoints.end()) exchange.endpoint = found->name;
    if (auto query = http::parse_form(request.query()))
        exchange.query = std::move(*query);
    else
        exchange.query_error = query.error().what;
    if (request.method == "POST") read_form(state, exchange);
    exchange.cookies = http::parse_cookies(request.headers.get("cookie"));
    return {std::move(exchange), found == endpoints.end() ? nullptr : &*found};
}

http::Response refusal(PlatformState& state, std::string const& party, int status, std::string const& message)
{
    auto const found = state.refuse.find(party);
    return found == state.refuse.end() ? plain_text(status, message) : found->second(state, status, message);
}

http::Response answer(PlatformState& state, Exchange const& exchange, Endpoint const* endpoint)
{
    if (endpoint == nullptr || !is_in_use(state, *endpoint))
        return refusal(state, exchange.party, 404, "there is nothing at this address");
    auto const& methods = endpoint->methods;
    if (std::ranges::find(methods, exchange.request.method) == methods.end())
        return wrong_method(state, exchange, *endpoint);
    return endpoint->handler(state, exchange);
}

}  // namespace keur::mocks
