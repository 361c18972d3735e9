#pragma once

#include "clients/reference/api.h"
#include "clients/reference/exchange.h"
#include "clients/reference/own_account.h"

#include <map>
#include <string>

namespace keur::reference {

// APIs behind a gateway: one call for one operation, with the user's token or this program's own, each only at the API it
// is for. A 401 is answered with another token once, a 403 never.
class Gateway {
public:
    Gateway(Settings const& settings, Flaws const& flaws, Grant& grant, OwnAccount& account,
            TokenEndpoint const& endpoint)
        : settings_(settings), flaws_(flaws), grant_(grant), account_(account), exchange_(settings, flaws, endpoint)
    {
    }
    [[nodiscard]] Result<Listing> call(Wire& wire, std::string const& operation);
    // Forgets the tokens for other APIs.
    void forget();

private:
    struct Kept {
        std::string token;
        std::optional<TimePoint> until;
    };
    [[nodiscard]] std::string other_resource(std::string const& operation) const;
    [[nodiscard]] Result<oauth::TokenResponse> new_tokens(Wire& wire, std::string const& resource);
    [[nodiscard]] Result<std::string> token_for(Wire& wire, std::string const& operation);
    [[nodiscard]] Result<std::string> token_of(Wire& wire, std::string const& resource);
    [[nodiscard]] Result<std::string> token_other_than(Wire& wire, std::string const& operation,
                                                       std::string const& refused);
    void give_up(std::string const& operation, std::string const& token);
    [[nodiscard]] Result<http::Response> get(Wire& wire, http::Url const& url, std::string const& token) const;
    [[nodiscard]] Result<http::Response> get_admitted(Wire& wire, std::string const& operation, http::Url const& url);
    void follow_link(Wire& wire, std::string const& operation, http::Response const& answer);
    [[nodiscard]] Result<Listing> read(http::Response const& answer) const;

    Settings const& settings_;
    Flaws const& flaws_;
    Grant& grant_;
    OwnAccount& account_;
    TokenExchange exchange_;
    std::mutex mutex_;
    std::map<std::string, Kept> kept_;  // by API
};

}  // namespace keur::reference
