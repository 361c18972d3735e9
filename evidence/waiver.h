#pragma once

#include <string>
#include <string_view>

namespace keur {

// A known failure that someone answers for until a date. It changes no outcome: it is shown beside it, and the exit
// status passes over it.
struct Waiver {
    std::string rule;
    std::string client;    // empty: any
    std::string scenario;  // part of the case's name; empty: any
    std::string reason;
    std::string until;  // YYYY-MM-DD, the last day it holds
    std::string where;  // file:line:column

    [[nodiscard]] bool covers(std::string_view rule_id, std::string_view client_name, std::string_view case_name) const;
    // `waived until 2026-12-31: reason`
    [[nodiscard]] std::string text() const;
};

}  // namespace keur
