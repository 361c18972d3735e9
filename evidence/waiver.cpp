#include "evidence/waiver.h"

namespace keur {

bool Waiver::covers(std::string_view rule_id, std::string_view client_name, std::string_view case_name) const
{
    return rule == rule_id && (client.empty() || client == client_name) &&
           (scenario.empty() || case_name.find(scenario) != std::string_view::npos);
}

std::string Waiver::text() const
{
    return "waived until " + until + ": " + reason;
}

}  // namespace keur
