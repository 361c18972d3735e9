#include "harness/judge/uniqueness.h"

#include "evidence/fingerprint.h"

#include <algorithm>
#include <set>

namespace keur::judge {

std::vector<std::string> Uniqueness::members()
{
    return {"unique-in-run", "at", "kind", "where"};
}

Result<Uniqueness> Uniqueness::compile(Yaml const& source)
{
    if (auto const known = source.only("an expectation of a whole run", members()); !known) return fail(known);
    auto rest = source;
    std::erase_if(rest.members, [](auto const& member) { return member.first.scalar == "unique-in-run"; });
    auto pattern = Pattern::compile(rest);
    if (!pattern) return fail(pattern);
    auto field = FieldPath::compile(*source.find("unique-in-run"), pattern->kind());
    if (!field) return fail(field);
    return Uniqueness(*field, *pattern);
}

std::vector<std::string> Uniqueness::fingerprints(Transcript const& seen) const
{
    std::set<std::string> flows;
    std::vector<std::string> result;
    for (auto const* one : pattern_.all(seen)) {
        auto const value = as_text(field_.of(*one));
        auto const flow = value + '\n' + as_text(field(*one, "target")) + '\n' + as_text(field(*one, "body"));
        if (!value.empty() && flows.insert(flow).second) result.push_back(fingerprint(value));
    }
    return result;
}

}  // namespace keur::judge
