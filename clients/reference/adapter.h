#pragma once

#include "clients/reference/api.h"
#include "clients/reference/gateway.h"
#include "clients/reference/grant.h"
#include "clients/reference/hand_off.h"
#include "clients/reference/logout.h"
#include "clients/reference/machine.h"
#include "clients/reference/pushed_request.h"
#include "clients/reference/revocation.h"
#include "clients/reference/server.h"
#include "clients/reference/sign_in.h"
#include "clients/reference/token_endpoint.h"
#include "protocol/base/json.h"

#include <memory>
#include <string_view>

namespace keur::reference {

// The client behind the adapter's lines (docs/client-contract.md).
class Adapter {
public:
    static Result<std::unique_ptr<Adapter>> create(Settings settings, Flaws flaws);
    Adapter(Settings settings, Flaws flaws, std::unique_ptr<Trust> trust);

    // The answer to one line.
    [[nodiscard]] Json answer(std::string_view line);

    // The port on which its provider may tell it that its user signed out; 0 for none.
    [[nodiscard]] std::uint16_t port() const { return logout_.port(); }
    // The access token of its user; empty when there is none.
    [[nodiscard]] std::string access_token() { return grant_.access_token(wire_).value_or(""); }
    // What it says to a request there.
    [[nodiscard]] http::Response be_told(http::Request const& request);

private:
    [[nodiscard]] Result<Json> carry_out(Json const& message);
    [[nodiscard]] Result<Json> sign_in(Json const& message);
    [[nodiscard]] Result<Json> callback(Json const& message);
    [[nodiscard]] Result<Json> call(Json const& message);
    [[nodiscard]] Result<Json> refresh(Json const& message);
    [[nodiscard]] Result<Json> hand_off(Json const& message);
    [[nodiscard]] Result<Json> sign_out(Json const& message);
    [[nodiscard]] Result<Json> userinfo();
    [[nodiscard]] Result<Json> token(Json const& message);

    [[nodiscard]] Result<void> prepare(std::string const& action);
    [[nodiscard]] Result<Listing> read_all(Wire& wire, std::string const& operation);
    [[nodiscard]] std::vector<std::string> warnings() const;

    Settings settings_;
    Flaws flaws_;
    std::unique_ptr<Trust> trust_;
    Wire wire_;
    Provider provider_;
    RelyingParty relying_party_;
    Logout logout_;
    SignIn sign_in_;
    TokenEndpoint token_endpoint_;
    Grant grant_;
    Api api_;
    HandOff hand_off_;
    Server server_;
    PushedRequest pushed_request_;
    Revocation revocation_;
    OwnAccount account_;
    Gateway gateway_;
    std::unique_ptr<Machine> machine_;  // of a program without users; null for others
};

}  // namespace keur::reference
