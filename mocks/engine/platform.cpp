#include "mocks/engine/platform.h"

#include "mocks/engine/answers.h"
#include "mocks/engine/callback.h"
#include "mocks/engine/client_settings.h"
#include "mocks/engine/faulted_reply.h"
#include "mocks/engine/platform_setup.h"
#include "mocks/engine/recording.h"
#include "mocks/engine/routing.h"
#include "mocks/engine/state.h"
#include "protocol/http/cookie.h"
#include "protocol/http/url.h"

#include <fmt/format.h>

#include <algorithm>

namespace keur::mocks {

namespace {

void record_response(PlatformState& state, Exchange const& exchange, int request_id, http::Response const& response,
                     std::vector<int> fired)
{
    auto fields = response_fields(response, exchange.endpoint, request_id);
    auto names = Json::array();
    for (auto const id : fired) names.push_back(state.transcript.find(id)->fields["name"]);
    fields["faults"] = std::move(names);
    fields["delivered"] = false;
    state.last_response = state.transcript.add(exchange.party, "response", std::move(fields)).id;
    if (!fired.empty()) state.faults_of_response[state.last_response] = std::move(fired);
}

}  // namespace

Platform::Platform(std::unique_ptr<PlatformState> state) : state_(std::move(state)) {}
Platform::~Platform() = default;

Result<std::unique_ptr<Platform>> Platform::create(Profile const& profile, PlatformOptions options, Clock const& clock,
                                                   Random& random, Transcript& transcript)
{
    std::unique_ptr<PlatformState> state(new PlatformState{.profile = profile,
                                                           .blueprint = *profile.blueprint,
                                                           .options = std::move(options),
                                                           .clock = clock,
                                                           .random = random,
                                                           .transcript = transcript});
    if (auto done = set_up(*state); !done) return fail(done);
    return std::unique_ptr<Platform>(new Platform(std::move(state)));
}

http::Reply Platform::handle(std::string const& party, http::Request const& request, std::uint64_t connection,
                             bool secure, std::vector<x509::Certificate> client_chain)
{
    auto exchange = take_apart(*state_, party, request, secure);
    exchange.first.client_chain = std::move(client_chain);
    auto fields = request_fields(exchange.first, connection);
    if (is_stranger(state_->profile, party)) fields["stranger"] = true;
    auto const request_id = state_->transcript.add(party, "request", std::move(fields)).id;
    http::Reply reply{.response = answer(*state_, exchange.first, exchange.second), .delivery = {}};
    auto fired = apply_faults(*state_, exchange.first, request_id, reply);
    record_response(*state_, exchange.first, request_id, reply.response, std::move(fired));
    return reply;
}

void Platform::delivered(int response_id, bool whole)
{
    auto* const response = state_->transcript.find(response_id);
    if (response == nullptr || (response->kind != "response" && response->kind != "notice")) return;
    response->fields["delivered"] = whole;
    auto const faults = state_->faults_of_response.find(response_id);
    if (faults == state_->faults_of_response.end()) return;
    for (auto const id : faults->second)
        if (auto* fault = state_->transcript.find(id)) fault->fields["delivered"] = whole;
}

int Platform::last_response() const
{
    return state_->last_response;
}

std::string Platform::callback(std::string const& url)
{
    return faulted_callback(*state_, url);
}

Result<std::string> Platform::altered_callback(std::string const& url, Yaml const& argument)
{
    return keur::mocks::altered_callback(*state_, url, argument);
}

Json Platform::client_settings() const
{
    return settings_for_client(*state_);
}

std::optional<x509::Credentials> Platform::client_certificate() const
{
    return state_->certificate;
}

Json Platform::user(std::string const& name) const
{
    auto const* const user = state_->user(name);
    if (user == nullptr) return Json::object();
    return {{"username", user->person->username}, {"password", user->password}};
}

Json Platform::pages() const
{
    auto const& texts = state_->blueprint.texts;
    if (texts.empty()) return Json::object();
    return {{"agree", texts.at("agree")}, {"refuse", texts.at("refuse")}};
}

Result<void> Platform::act(std::string const& party, std::string const& what, Yaml const& argument)
{
    if (auto known =
            check_act(state_->profile, party, what, argument, argument.file == nullptr ? party : argument.at());
        !known)
        return known;
    auto const acts = acts_of(state_->blueprint.system);
    auto const found =
        std::ranges::find_if(acts, [&](Act const* act) { return act->party == party && act->name == what; });
    (*found)->perform(*state_, argument);
    state_->transcript.add("keur", "note", {{"text", fmt::format("{}: {}", party, what)}, {"whose", "nobody"}});
    return {};
}

std::vector<std::string> Platform::waiting_faults() const
{
    std::vector<std::string> names;
    for (auto const& ordered : state_->faults)
        if (!ordered.fault->transport && ordered.fired == 0) names.push_back(ordered.order.name);
    return names;
}

}  // namespace keur::mocks
