#include "mocks/engine/faulted_reply.h"

#include "mocks/engine/routing.h"
#include "mocks/engine/state.h"
#include "protocol/http/url.h"

namespace keur::mocks {

namespace {

// An error that a fault sends back with the browser names its issuer, as every answer of this server does (RFC 9207 §2).
void name_issuer_of_error(PlatformState const& state, http::Response& response)
{
    auto const location = response.headers.get("location");
    bool const is_bare = location.contains("error=") && !location.contains("iss=");
    if (!is_bare || !state.switches.is("authorization.iss", "sent")) return;
    response.headers.set("Location", http::with_parameters(location, {{"iss", state.issuer()}}));
}

}  // namespace

std::vector<int> apply_faults(PlatformState& state, Exchange const& exchange, int request_id, http::Reply& reply)
{
    std::function<http::Response(int, std::string const&)> const refuse = [&](int status, std::string const& message) {
        return refusal(state, exchange.party, status, message);
    };
    std::function<void(std::string const&, std::string const&)> const enter = [&](auto const& kind, auto const& value) {
        state.transcript.secrets.add(kind, value, state.clock.now());
    };
    std::vector<int> fired;
    for (auto& ordered : state.faults) {
        if (!ordered.fault->on_reply) continue;
        if (!ordered.gate.concerns(exchange.party, exchange.endpoint, exchange.parameters())) continue;
        auto const nth = ordered.chances++;
        if (!ordered.gate.opens(nth)) continue;
        FaultedReply faulted{.party = exchange.party,
                             .endpoint = exchange.endpoint,
                             .request = exchange.request,
                             .form = exchange.parameters(),
                             .reply = reply,
                             .clock = state.clock,
                             .random = state.random,
                             .origins = state.options.origins,
                             .nth = nth,
                             .enter = enter,
                             .refuse = refuse};
        if (!ordered.fault->on_reply(ordered.order.argument, faulted)) continue;
        ++ordered.fired;
        if (exchange.endpoint == "authorize") name_issuer_of_error(state, reply.response);
        fired.push_back(state.transcript
                            .add(exchange.party, "fault",
                                 {{"name", ordered.order.name},
                                  {"argument", ordered.order.argument.json()},
                                  {"endpoint", exchange.endpoint},
                                  {"to", request_id},
                                  {"delivered", false}})
                            .id);
    }
    return fired;
}

}  // namespace keur::mocks
