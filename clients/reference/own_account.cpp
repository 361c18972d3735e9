#include "clients/reference/own_account.h"

#include <algorithm>

namespace keur::reference {

namespace {

Json machine_of(Settings const& settings)
{
    auto const found = settings.all.is_object() ? settings.all.find("machine") : settings.all.end();
    return settings.all.is_object() && found != settings.all.end() && found->is_object() ? *found : Json::object();
}

// The same server, another registration.
Settings settings_of(Settings settings, Flaws const& flaws)
{
    auto const machine = machine_of(settings);
    settings.scope = text_member(machine, "scope");
    if (flaws.has(Flaw::one_client_id_for_all)) return settings;
    settings.client_id = text_member(machine, "client_id");
    settings.client_secret = text_member(machine, "client_secret");
    settings.private_key = text_member(machine, "private_key");
    settings.key_id = text_member(machine, "key_id");
    return settings;
}

}  // namespace

OwnAccount::OwnAccount(Settings const& settings, Flaws const& flaws, RelyingParty& relying_party)
    : flaws_(flaws), settings_(settings_of(settings, flaws)), endpoint_(settings_, flaws_, relying_party)
{
    auto const machine = machine_of(settings);
    auto const names = machine.find("operations");
    if (names == machine.end() || !names->is_array()) return;
    for (auto const& name : *names)
        if (name.is_string()) operations_.insert(name.get<std::string>());
}

bool OwnAccount::is_usable() const
{
    if (token_.empty() || flaws_.has(Flaw::token_per_call)) return false;
    return !until_ || SystemClock().now() < *until_ || flaws_.has(Flaw::expires_in_ignored);
}

http::Form OwnAccount::request() const
{
    if (flaws_.has(Flaw::own_account_refreshes) && !refresh_token_.empty())
        return {{"grant_type", "refresh_token"}, {"refresh_token", refresh_token_}};
    return {{"grant_type", "client_credentials"}, {"scope", settings_.scope}};
}

Result<std::string> OwnAccount::access_token(Wire& wire)
{
    std::scoped_lock const lock(mutex_);
    if (is_usable()) return token_;
    auto const tokens = endpoint_.ask(wire, request());
    if (!tokens) return std::unexpected(tokens.error().error);
    constexpr std::chrono::seconds margin{5};
    token_ = tokens->access_token;
    refresh_token_ = tokens->refresh_token.value_or("");
    until_.reset();
    if (tokens->expires_in)
        until_ = SystemClock().now() + *tokens->expires_in - std::min(margin, *tokens->expires_in / 10);
    return token_;
}

void OwnAccount::give_up(std::string const& access_token)
{
    std::scoped_lock const lock(mutex_);
    if (token_ == access_token) token_.clear();
}

}  // namespace keur::reference
