#pragma once

#include "evidence/record.h"
#include "harness/judge/regex.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace keur::judge {

// One value of a list in a ClientHello.
struct OfferedName {
    std::string name;   // IANA's, for rules to look at; `unknown` when the registry of keur has none
    std::string shown;  // with its number, for people

    bool operator==(OfferedName const&) const = default;
};

// What a ClientHello offered, by list: versions, suites, groups, signature-algorithms, extensions, compression. Without
// the values that mean nothing (RFC 8701); signalling values of the suites stand among the extensions that they stand for.
using Hello = std::map<std::string, std::vector<OfferedName>, std::less<>>;

[[nodiscard]] std::vector<std::string> const& hello_lists();

// A value of that list fits.
[[nodiscard]] bool offers(Hello const& hello, std::string_view list, Regex const& names);

// One kind of ClientHello, where it was first seen and how often it came there.
struct SeenHello {
    Hello hello;
    std::string system;
    std::string party;
    std::string play;
    std::size_t count = 1;
};

// Those of a client in a run, not of its user's browser; each kind once for each system and party.
[[nodiscard]] std::vector<SeenHello> hellos_of(std::vector<ScenarioResult> const& results, std::string_view client);

}  // namespace keur::judge
