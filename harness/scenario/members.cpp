#include "harness/scenario/members.h"

namespace keur::scenario {

std::vector<std::string> const& scenario_members()
{
    static std::vector<std::string> const names{"title", "flow", "for", "tags", "note", "given", "steps", "expect"};
    return names;
}

std::vector<std::string> const& given_members()
{
    static std::vector<std::string> const names{"fault", "profile", "client", "user", "consent"};
    return names;
}

std::vector<std::string> const& client_members()
{
    static std::vector<std::string> const names{"title", "version", "way",          "start", "environment", "systems",
                                                "flows", "clock",   "answer-limit", "needs", "set-up",      "actions",
                                                "ready", "pages",   "redirect_uri", "logout"};
    return names;
}

std::vector<std::string> const& page_members()
{
    static std::vector<std::string> const names{"get", "post", "done", "refused"};
    return names;
}

std::vector<std::string> const& sign_members()
{
    static std::vector<std::string> const names{"status", "text", "path"};
    return names;
}

}  // namespace keur::scenario
