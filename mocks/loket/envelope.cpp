#include "mocks/loket/envelope.h"

#include "mocks/engine/answers.h"
#include "mocks/loket/api_part.h"
#include "mocks/loket/version.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks::loket {

namespace {

std::string_view name(MessageType type)
{
    switch (type) {
        case MessageType::broken_business_rule: return "BrokenBusinessRule";
        case MessageType::warning: return "Warning";
        case MessageType::exception: return "Exception";
        case MessageType::missing_entity: return "NotFound";
    }
    return {};
}

Json envelope(PlatformState const& state, std::string const& version)
{
    auto const obsolete = obsolete_date(state.switches.value("api.obsolete-date"), state.clock.now());
    return {{"version", {{"obsoleteDate", obsolete}, {"resourceVersion", version}}}, {"messages", Json::array()}};
}

// An answer that may be kept as long as `Expires` says.
http::Response good(PlatformState const& state, Json const& body)
{
    auto const until = state.clock.now() + state.switches.duration("api.cache-for");
    return {200,
            {{"Content-Type", "application/json; charset=utf-8"},
             {"Expires", to_http_date(until)},
             {"X-Content-Type-Options", "nosniff"}},
            to_line(body)};
}

}  // namespace

http::Response entity(PlatformState const& state, std::string const& version, Json content)
{
    auto body = envelope(state, version);
    body["content"] = std::move(content);
    return good(state, body);
}

http::Response list_page(PlatformState const& state, std::string const& version, Json all, Paging const& paging)
{
    auto const total = all.size();
    auto items = Json::array();
    auto const pages = (total + paging.size - 1) / paging.size;
    for (auto i = paging.number <= pages ? (paging.number - 1) * paging.size : total;
         i < total && items.size() < paging.size; ++i)
        items.push_back(std::move(all[i]));
    auto body = envelope(state, version);
    body["_embedded"] = std::move(items);
    body["totalSize"] = total;
    body["pageSize"] = paging.size;
    body["totalPages"] = pages;
    body["currentPage"] = paging.number;
    return good(state, body);
}

http::Response message(PlatformState const& state, int status, MessageType type, std::string const& text)
{
    auto body = envelope(state, dynamic_cast<ApiPart const&>(*state.blueprint.part).versions.back());
    body["messages"].push_back({{"code", fmt::format("{}000", status)},
                                {"id", state.random.uuid()},
                                {"type", name(type)},
                                {"description", text},
                                {"properties", Json::array()}});
    return json_answer(status, body);
}

http::Response unauthorized(std::string const& error, std::string const& text)
{
    auto response = json_answer(401, {{"message", text}});
    response.headers.add("WWW-Authenticate", error.empty() ? "Bearer realm=\"api\""
                                                           : fmt::format("Bearer realm=\"api\", error=\"{}\"", error));
    return response;
}

http::Response refuse(PlatformState& state, int status, std::string const& text)
{
    if (status == 401) return unauthorized("invalid_token", text);
    auto const type = status == 404   ? MessageType::missing_entity
                      : status == 400 ? MessageType::broken_business_rule
                                      : MessageType::exception;
    return message(state, status, type, text);
}

}  // namespace keur::mocks::loket
