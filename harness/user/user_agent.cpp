#include "harness/user/user_agent.h"

#include "harness/user/journey.h"

#include <utility>

namespace keur {

UserAgent::UserAgent(net::HttpClient& client, Transcript& transcript, Options options)
    : client_(client), transcript_(transcript), options_(std::move(options))
{
}

Result<UserAgent::Journey> UserAgent::open(std::string const& url)
{
    return browser::Traveller(client_, transcript_, options_, cookies_).open(url);
}

Result<Page> UserAgent::visit(std::string const& url)
{
    auto journey = browser::Traveller(client_, transcript_, options_, cookies_).visit(url);
    if (!journey) return fail(journey);
    return std::move(journey->page);
}

Result<Page> UserAgent::bring(oauth::Callback const& callback)
{
    auto journey = browser::Traveller(client_, transcript_, options_, cookies_).bring(callback);
    if (!journey) return fail(journey);
    return std::move(journey->page);
}

Result<http::Response> UserAgent::look_in_frame(http::Url const& url)
{
    return browser::Traveller(client_, transcript_, options_, cookies_).look_in_frame(url);
}

}  // namespace keur
