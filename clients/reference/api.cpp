#include "clients/reference/api.h"

#include "protocol/base/encoding.h"
#include "protocol/http/date.h"

#include <fmt/format.h>

namespace keur::reference {

namespace {

constexpr long long most_pages = 1000;

// What the API says of itself in an error: its envelope's messages, or a text.
std::string words_of(http::Response const& answer)
{
    auto const json = parse_json(answer.body, "API");
    if (!json || !json->is_object()) return printable(shortened(answer.body, 200));
    if (auto const message = text_member(*json, "message"); !message.empty()) return printable(shortened(message, 200));
    auto const messages = json->find("messages");
    if (messages == json->end() || !messages->is_array() || messages->empty()) return {};
    return printable(shortened(text_member(messages->front(), "description"), 200));
}

std::string_view remedy_for(int status)
{
    if (status == 401) return "sign in again";
    if (status == 403) return "have the rights of the user or the activities of the client changed at Loket";
    if (status >= 300 && status < 400) return "correct the address of the API; redirects are not followed";
    return status >= 500 ? "try again later" : "check the request with Loket";
}

long long number_member(Json const& object, char const* name, long long otherwise)
{
    auto const found = object.find(name);
    return found != object.end() && found->is_number_integer() ? found->get<long long>() : otherwise;
}

std::size_t entries(Json const& body)
{
    auto const list = body.find("_embedded");
    if (list != body.end() && list->is_array()) return list->size();
    return body.contains("content") ? 1 : 0;
}

// `version.obsoleteDate` of an answer, or empty.
std::string obsolete_date(Json const& body)
{
    auto const version = body.find("version");
    return version == body.end() ? std::string() : text_member(*version, "obsoleteDate");
}

}  // namespace

std::optional<Json> Api::kept(std::string const& address)
{
    std::scoped_lock const lock(mutex_);
    auto const found = kept_.find(address);
    if (found == kept_.end() || found->second.until <= SystemClock().now()) return std::nullopt;
    return found->second.body;
}

void Api::forget()
{
    std::scoped_lock const lock(mutex_);
    kept_.clear();
}

void Api::keep(std::string const& address, http::Response const& answer, Json const& body)
{
    auto const expires = http::parse_http_date(answer.headers.get("Expires"));
    auto const until = flaws_.has(Flaw::cached_for_ever) ? TimePoint::max() : expires.value_or(TimePoint{});
    if (until <= SystemClock().now()) return;
    std::scoped_lock const lock(mutex_);
    kept_.insert_or_assign(address, Kept{body, until});
}

Result<http::Response> Api::get_with(Wire& wire, std::string const& address, std::string const& token)
{
    bool const in_url = flaws_.has(Flaw::token_in_url);
    auto const url = http::parse_url(in_url ? http::with_parameters(address, {{"access_token", token}}) : address);
    if (!url) return fail(url);
    http::Request request{.method = "GET", .target = url->target(), .headers = {}, .body = {}};
    if (!in_url) request.headers.set("Authorization", "Bearer " + token);
    request.headers.set("Accept", flaws_.has(Flaw::no_version) ? "application/json" : settings_.accept);
    return wire.send(Party::api, *url, request);
}

// What clients do that do not take no for an answer.
Result<http::Response> Api::get_flawed(Wire& wire, std::string const& address, std::string token, http::Response answer)
{
    constexpr int stubbornness = 4;
    Result<http::Response> last = std::move(answer);
    for (int i = 0; i < stubbornness && last; ++i) {
        bool const is_401 = last->status == 401;
        bool const is_403 = last->status == 403;
        bool const again =
            (is_401 && flaws_.has(Flaw::repeats_after_401)) || (is_403 && flaws_.has(Flaw::repeats_after_403));
        bool const renews =
            (is_401 && flaws_.has(Flaw::refreshes_without_end)) || (is_403 && flaws_.has(Flaw::refreshes_after_403));
        if (!again && !renews) break;
        if (renews) {
            auto other = grant_.access_token_other_than(wire, token);
            if (!other) return fail(other);
            token = *other;
        }
        last = get_with(wire, address, token);
    }
    return last;
}

Result<http::Response> Api::get(Wire& wire, std::string const& address)
{
    auto const token = grant_.access_token(wire);
    if (!token) return fail(token);
    auto answer = get_with(wire, address, *token);
    if (answer) answer = get_flawed(wire, address, *token, std::move(*answer));
    if (!answer || answer->status != 401) return answer;
    if (flaws_.has(Flaw::keeps_refused_token)) return answer;
    auto const other = grant_.access_token_other_than(wire, *token);
    if (!other) return fail(other);
    answer = get_with(wire, address, *other);
    if (answer && answer->status == 401) grant_.give_up(*other);
    return answer;
}

Result<Json> Api::read(http::Response const& answer) const
{
    if (answer.status != 200 && flaws_.has(Flaw::errors_read_as_json)) {
        try {
            return fail("API", text_member(Json::parse(answer.body), "message"));
        } catch (Json::exception const& complaint) {
            return fail("API", complaint.what());
        }
    }
    if (answer.status != 200)
        return fail("API", fmt::format("Loket answered {}: {}", answer.status, words_of(answer)),
                    std::string(remedy_for(answer.status)));
    auto body = parse_json(answer.body, "API");
    if (!body || !body->is_object())
        return fail("API", fmt::format("Loket answered with '{}' instead of JSON", answer.media_type()),
                    "try again later");
    return body;
}

Result<Json> Api::page(Wire& wire, std::string const& path, long long number)
{
    auto const address = http::with_parameters(settings_.api + path, {{"pageNumber", std::to_string(number)}});
    if (auto body = kept(address)) return std::move(*body);
    auto const answer = get(wire, address);
    if (!answer) return fail(answer);
    auto body = read(*answer);
    if (body) keep(address, *answer, *body);
    return body;
}

Result<Listing> Api::read_all(Wire& wire, std::string const& operation)
{
    auto const path = settings_.operations.find(operation);
    if (path == settings_.operations.end())
        return fail("settings", fmt::format("the operation '{}' was not released for this client", operation),
                    "ask Loket for the activity");
    if (flaws_.has(Flaw::unreleased_operation)) static_cast<void>(get(wire, settings_.api + "providers/settings"));
    Listing listing;
    std::string obsolete;
    for (long long number = 1, pages = 1; number <= pages; ++number) {
        if (number > most_pages) return fail("API", "the list does not end", "ask Loket");
        auto const body = page(wire, path->second, number);
        if (!body) return fail(body);
        listing.items += entries(*body);
        obsolete = obsolete_date(*body);
        if (!flaws_.has(Flaw::first_page_only)) pages = number_member(*body, "totalPages", 1);
    }
    if (!obsolete.empty() && !flaws_.has(Flaw::obsolete_date_ignored))
        listing.warnings.push_back(fmt::format("this version of the API is obsolete from {}; move to a newer one",
                                               printable(shortened(obsolete, 40))));
    return listing;
}

}  // namespace keur::reference
