#include "clients/reference/pushed_request.h"

#include <fmt/format.h>

namespace keur::reference {

Result<std::string> PushedRequest::push(Wire& wire, std::string const& link)
{
    auto const url = http::parse_url(link);
    if (!url) return fail(url);
    auto form = http::parse_form(url->query);
    if (!form) return fail(form);
    auto const whole = *form;
    form->remove("client_id");
    auto const answer = endpoint_.send_form(wire, settings_.pushed_authorization_request_endpoint, *form);
    if (!answer) return fail(answer);
    auto const json = parse_json(answer->body, "pushed request");
    auto uri = json ? text_member(*json, "request_uri") : std::string();
    if (answer->status != 201 || uri.empty()) {
        if (flaws_.has(Flaw::push_falls_back)) return link;
        return fail("pushed request", fmt::format("it was answered {}", answer->status), "try again later");
    }
    if (flaws_.has(Flaw::pushed_request_used_again) && !last_.empty()) uri = last_;
    last_ = uri;
    http::Form left{{"client_id", settings_.client_id}, {"request_uri", uri}};
    if (flaws_.has(Flaw::pushed_request_repeated))
        for (auto const& [name, value] : whole.pairs())
            if (name != "client_id") left.add(name, value);
    return http::with_parameters(url->without_query(), left);
}

}  // namespace keur::reference
