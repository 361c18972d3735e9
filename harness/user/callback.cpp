#include "harness/user/callback.h"

namespace keur::browser {

bool leads_to(std::string_view url, std::string_view redirect_uri)
{
    if (redirect_uri.empty()) return false;
    bool const has_query = redirect_uri.find('?') != std::string_view::npos;
    auto const may_follow = [&](std::string_view rest) {
        return rest.empty() || rest.front() == '#' || rest.front() == (has_query ? '&' : '?');
    };
    if (url.starts_with(redirect_uri) && may_follow(url.substr(redirect_uri.size()))) return true;
    auto const left = http::parse_url(url);
    auto const right = http::parse_url(redirect_uri);
    return left && right && left->origin() == right->origin() && left->path == right->path &&
           left->query.starts_with(right->query);
}

bool is_callback(UserAgent::Options const& options, std::string_view url)
{
    return leads_to(url, options.callback_prefix) || leads_to(url, options.stop_at);
}

bool is_clients(UserAgent::Options const& options, http::Url const& url)
{
    auto const client = http::parse_url(options.callback_prefix);
    return client && client->origin() == url.origin();
}

oauth::Callback delivered(UserAgent::Options const& options, oauth::Callback const& callback)
{
    return options.on_callback ? options.on_callback(callback) : callback;
}

}  // namespace keur::browser
