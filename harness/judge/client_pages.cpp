#include "harness/judge/client_pages.h"

#include "harness/judge/exchange.h"
#include "protocol/http/url.h"

#include <algorithm>
#include <set>

namespace keur::judge {

namespace {

std::string origin_of(std::string const& address)
{
    auto const url = http::parse_url(address);
    return url ? url->origin() : std::string();
}

// Addresses at which answers of the authorization server were brought.
std::set<std::string> delivered(Transcript const& seen)
{
    std::set<std::string> addresses;
    for (auto const& one : seen.all())
        if (one.kind == "deliver") addresses.insert(text_at(one, "url"));
    return addresses;
}

template <class Wanted>
std::vector<Observation const*> navigations(Transcript const& seen, Wanted wanted)
{
    std::vector<Observation const*> found;
    for (auto const& one : seen.all())
        if (one.kind == "navigate" && wanted(text_at(one, "url"))) found.push_back(&one);
    return found;
}

}  // namespace

std::vector<Observation const*> pages_of_client(Transcript const& seen)
{
    std::set<std::string> origins;
    for (auto const& address : delivered(seen)) origins.insert(origin_of(address));
    return navigations(seen, [&](std::string const& url) { return origins.contains(origin_of(url)); });
}

std::vector<Observation const*> callbacks_to_client(Transcript const& seen)
{
    auto const addresses = delivered(seen);
    return navigations(seen, [&](std::string const& url) { return addresses.contains(url); });
}

}  // namespace keur::judge
