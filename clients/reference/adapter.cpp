#include "clients/reference/adapter.h"

#include "clients/reference/request_object.h"
#include "protocol/base/encoding.h"
#include "protocol/http/form.h"

#include <algorithm>
#include <array>
#include <optional>
#include <thread>
#include <tuple>
#include <vector>

namespace keur::reference {

namespace {

Json done(Listing const& listing)
{
    Json done{{"status", 200}, {"items", listing.items}};
    if (!listing.warnings.empty()) done["warnings"] = listing.warnings;
    return Json{{"done", std::move(done)}};
}

// How many calls at the same time; one when the line does not say.
std::size_t how_many(Json const& message)
{
    constexpr std::size_t most = 16;
    auto const found = message.find("at-once");
    if (found == message.end() || !found->is_number_unsigned()) return 1;
    return std::clamp<std::size_t>(found->get<std::size_t>(), 1, most);
}

// Where a parameter of the callback points; none of it is for this client to go to.
std::vector<http::Url> destinations(std::string_view callback)
{
    auto const mark = callback.find('?');
    auto const form = http::parse_form(mark == std::string_view::npos ? "" : callback.substr(mark + 1));
    std::vector<http::Url> found;
    if (!form) return found;
    for (auto const& [name, value] : form->pairs())
        if (auto url = http::parse_url(value)) found.push_back(std::move(*url));
    return found;
}

}  // namespace

Result<std::unique_ptr<Adapter>> Adapter::create(Settings settings, Flaws flaws)
{
    auto trust = Trust::create(settings, flaws);
    if (!trust) return fail(trust);
    return std::make_unique<Adapter>(std::move(settings), flaws, std::move(*trust));
}

Adapter::Adapter(Settings settings, Flaws flaws, std::unique_ptr<Trust> trust)
    : settings_(std::move(settings)),
      flaws_(flaws),
      trust_(std::move(trust)),
      wire_(*trust_, flaws_),
      provider_(settings_, flaws_),
      relying_party_(settings_, flaws_, provider_),
      logout_(settings_, flaws_, provider_, relying_party_),
      sign_in_(settings_, flaws_),
      token_endpoint_(settings_, flaws_, relying_party_),
      grant_(token_endpoint_, flaws_),
      api_(settings_, flaws_, grant_),
      hand_off_(settings_, flaws_, token_endpoint_, grant_),
      server_(settings_, flaws_),
      pushed_request_(settings_, flaws_, token_endpoint_),
      revocation_(settings_, flaws_, token_endpoint_),
      account_(settings_, flaws_, relying_party_),
      gateway_(settings_, flaws_, grant_, account_, token_endpoint_),
      machine_(settings_.all.contains("grants") ? std::make_unique<Machine>(settings_, flaws_) : nullptr)
{
}

Result<Json> Adapter::sign_in(Json const&)
{
    auto link = sign_in_.begin();
    if (text_member(settings_.all, "request_objects") == "by-value") {
        auto const shorter = with_request_object(link, settings_, flaws_);
        if (!shorter) return fail(shorter);
        link = *shorter;
    }
    if (settings_.pushed_authorization_request_endpoint.empty()) return Json{{"open", std::move(link)}};
    auto const left = pushed_request_.push(wire_, link);
    if (!left) return fail(left);
    return Json{{"open", *left}};
}

Result<Json> Adapter::callback(Json const& message)
{
    oauth::Callback brought{text_member(message, "callback"), {}};
    if (message.contains("form")) brought.form = text_member(message, "form");
    auto const redemption = sign_in_.finish(brought);
    if (!redemption) return fail(redemption);
    if (flaws_.has(Flaw::callback_destination_followed))
        for (auto const& url : destinations(text_member(message, "callback")))
            std::ignore = wire_.send(Party::api, url, {.method = "GET", .target = url.target()});
    if (auto const redeemed = grant_.redeem(wire_, *redemption); !redeemed) return fail(redeemed);
    api_.forget();
    gateway_.forget();
    hand_off_.prepare(wire_);
    Json done = Json::object();
    if (auto const told = warnings(); !told.empty()) done["warnings"] = told;
    return Json{{"done", std::move(done)}};
}

// What the user should know of the sign-in.
std::vector<std::string> Adapter::warnings() const
{
    std::vector<std::string> told;
    auto const granted = grant_.granted_scope();
    bool const is_less = !granted.empty() && granted.size() < settings_.scope.size();
    if (is_less && !flaws_.has(Flaw::narrower_scope_ignored))
        told.push_back("the server granted a smaller scope than was asked for: " + printable(shortened(granted, 100)));
    if (auto const other = relying_party_.represented(); !other.empty()) told.push_back("the user acts for " + other);
    return told;
}

// Loket's API has versions and pages; what stands behind a gateway has neither.
Result<Listing> Adapter::read_all(Wire& wire, std::string const& operation)
{
    return settings_.accept.empty() ? gateway_.call(wire, operation) : api_.read_all(wire, operation);
}

Result<Json> Adapter::refresh(Json const&)
{
    if (auto const refreshed = grant_.refresh(wire_); !refreshed) return fail(refreshed);
    return Json{{"done", Json::object()}};
}

Result<Json> Adapter::token(Json const&)
{
    if (!machine_) return fail("token", "this program gets tokens only for its users", "sign in");
    if (auto const got = machine_->token(wire_); !got) return fail(got);
    return Json{{"done", Json::object()}};
}

Result<Json> Adapter::call(Json const& message)
{
    auto const operation = text_member(message, "operation");
    if (operation == "userinfo" && relying_party_.is_used()) return userinfo();
    if (machine_) {
        auto const items = machine_->call(wire_, operation);
        if (!items) return fail(items);
        return done({.items = *items});
    }
    std::vector<std::optional<Result<Listing>>> results(how_many(message));
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < results.size(); ++i)
            others.emplace_back([&, i] {
                Wire wire(*trust_, flaws_);
                results[i] = read_all(wire, operation);
            });
        results[0] = read_all(wire_, operation);
    }
    for (auto const& result : results)
        if (!result->has_value()) return fail(*result);
    return done(**results[0]);
}

Result<Json> Adapter::userinfo()
{
    auto const token = grant_.access_token(wire_);
    if (!token) return fail(token);
    auto const items = relying_party_.userinfo(wire_, *token);
    if (!items) return fail(items);
    return done({.items = *items});
}

Result<Json> Adapter::hand_off(Json const&)
{
    if (settings_.hand_over_endpoint.empty()) return Json{{"unsupported", "hand-off"}};
    auto const link = hand_off_.link(wire_);
    if (!link) return fail(link);
    Json answer{{"open", link->address}};
    if (!link->warning.empty()) answer["warnings"] = {link->warning};
    return answer;
}

Result<Json> Adapter::sign_out(Json const&)
{
    if (settings_.end_session_endpoint.empty() && settings_.revocation_endpoint.empty())
        return Json{{"unsupported", "sign-out"}};
    auto const worth_most = flaws_.has(Flaw::tokens_kept_after_logout) ? std::string() : grant_.forget();
    gateway_.forget();
    if (!settings_.uses_openid() && !settings_.revocation_endpoint.empty()) {
        if (auto const revoked = revocation_.revoke(wire_, worth_most); !revoked) return fail(revoked);
        return Json{{"done", Json::object()}};
    }
    if (relying_party_.is_used() && flaws_.has(Flaw::logout_here_only)) return Json{{"done", Json::object()}};
    if (relying_party_.is_used()) return Json{{"open", relying_party_.sign_out()}};
    http::Form form;
    if (!flaws_.has(Flaw::logout_without_client_id)) form.add("client_id", settings_.client_id);
    form.add("post_logout_redirect_uri", settings_.post_logout_redirect_uri);
    return Json{{"open", http::with_parameters(settings_.end_session_endpoint, form)}};
}

// Finds out what the settings leave to the server.
Result<void> Adapter::prepare(std::string const& action)
{
    bool const has_to_ask = !settings_.metadata_endpoint.empty() || !settings_.registration_endpoint.empty();
    if (machine_ || settings_.uses_openid() || !has_to_ask || action.empty()) return {};
    return server_.learn(wire_);
}

Result<Json> Adapter::carry_out(Json const& message)
{
    struct Row {
        std::string_view action;
        Result<Json> (Adapter::*carry_out)(Json const&);
    };
    constexpr std::array rows{Row{"sign-in", &Adapter::sign_in},   Row{"call", &Adapter::call},
                              Row{"refresh", &Adapter::refresh},   Row{"hand-off", &Adapter::hand_off},
                              Row{"sign-out", &Adapter::sign_out}, Row{"token", &Adapter::token}};
    auto const action = text_member(message, "do");
    auto const row = std::ranges::find(rows, action, &Row::action);
    bool const is_callback = message.contains("callback");
    bool const without_user = action == "token";
    if (!is_callback && row == rows.end()) return Json{{"unsupported", action}};
    if (without_user != (machine_ != nullptr) && action != "call") return Json{{"unsupported", action}};
    if (!machine_ && provider_.is_used() && !action.empty())
        if (auto const known = provider_.learn(wire_); !known) return fail(known);
    if (auto const ready = prepare(action); !ready) return fail(ready);
    auto const right = machine_ ? machine_->check() : check_settings(settings_, flaws_);
    if (!right) return fail(right);
    return is_callback ? callback(message) : (this->*row->carry_out)(message);
}

http::Response Adapter::be_told(http::Request const& request)
{
    bool ended = false;
    auto response = logout_.answer(wire_, request, ended);
    if (!ended) return response;
    relying_party_.forget();
    gateway_.forget();
    std::ignore = grant_.forget();
    return response;
}

Json Adapter::answer(std::string_view line)
{
    auto const message = parse_json(line, "standard input");
    if (!message || !message->is_object()) return {{"error", "the line is not a JSON object"}};
    auto result = carry_out(*message);
    if (!result) return {{"refused", result.error().text()}};
    return std::move(*result);
}

}  // namespace keur::reference
