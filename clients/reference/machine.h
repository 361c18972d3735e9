#pragma once

#include "clients/reference/jwt_grant.h"

#include <map>
#include <optional>
#include <string>

namespace keur::reference {

// A program that acts for its organisation, without users: gets a token for each kind of call, keeps it while it lives,
// and calls the API with it.
class Machine {
public:
    Machine(Settings const& settings, Flaws const& flaws);

    [[nodiscard]] Result<void> check() const { return check_machine_settings(machine_, flaws_); }
    // Gets a token for the first operation, if there is none.
    [[nodiscard]] Result<void> token(Wire& wire);
    // Calls an operation; how many items it brought.
    [[nodiscard]] Result<std::size_t> call(Wire& wire, std::string const& operation);

private:
    struct Kept {
        std::string token;
        std::optional<TimePoint> until;
        std::string scope;  // as answered
    };
    [[nodiscard]] Result<Json> wish_for(std::string const& operation) const;
    [[nodiscard]] std::string name_of(Json const& wish) const;
    [[nodiscard]] bool is_usable(Kept const& kept) const;
    [[nodiscard]] Result<Kept> token_for(Wire& wire, Json const& wish);
    [[nodiscard]] Result<Kept> fetch(Wire& wire, Json const& wish) const;
    [[nodiscard]] Result<void> look_into(Kept& kept) const;
    [[nodiscard]] Result<http::Response> get(Wire& wire, std::string const& path, std::string const& token) const;
    [[nodiscard]] Result<std::size_t> read(http::Response const& answer) const;

    Settings const& settings_;
    Flaws const& flaws_;
    MachineSettings machine_;
    mutable JwtGrant grant_;
    std::map<std::string, Kept> kept_;  // by everything that the token was asked with
};

}  // namespace keur::reference
