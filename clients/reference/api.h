#pragma once

#include "clients/reference/grant.h"
#include "protocol/base/json.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace keur::reference {

// What an operation brought.
struct Listing {
    std::size_t items = 0;
    std::vector<std::string> warnings;
};

// Loket's API as documented: the version in each call, all pages, 401 once, 403 for good, answers kept until Expires.
class Api {
public:
    Api(Settings const& settings, Flaws const& flaws, Grant& grant) : settings_(settings), flaws_(flaws), grant_(grant)
    {
    }

    [[nodiscard]] Result<Listing> read_all(Wire& wire, std::string const& operation);
    // Forgets every answer it kept; for another user they are not.
    void forget();

private:
    [[nodiscard]] Result<Json> page(Wire& wire, std::string const& path, long long number);
    [[nodiscard]] Result<http::Response> get(Wire& wire, std::string const& address);
    [[nodiscard]] Result<http::Response> get_with(Wire& wire, std::string const& address, std::string const& token);
    [[nodiscard]] Result<http::Response> get_flawed(Wire& wire, std::string const& address, std::string token,
                                                    http::Response answer);
    [[nodiscard]] Result<Json> read(http::Response const& answer) const;

    struct Kept {
        Json body;
        TimePoint until;
    };
    [[nodiscard]] std::optional<Json> kept(std::string const& address);
    void keep(std::string const& address, http::Response const& answer, Json const& body);

    Settings const& settings_;
    Flaws const& flaws_;
    Grant& grant_;
    std::mutex mutex_;
    std::map<std::string, Kept> kept_;
};

}  // namespace keur::reference
