// Scenario files as a vendor may write them, against the real profile and rules of Loket.
#include "fuzz/property.h"

#include "harness/judge/rule.h"
#include "harness/scenario/scenario.h"
#include "mocks/engine/profile.h"
#include "tests/places.h"

#include <set>

namespace {

using namespace keur;
using fuzz::must;

std::filesystem::path const source = tests::source_folder();

mocks::Profile const& profile()
{
    static auto const made = *mocks::load_profile(source / "mocks/loket/profile.yaml");
    return made;
}

RuleBook const& rules()
{
    static auto const made = *RuleBook::load({source / "rules"});
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const cases = load_scenario_text(fuzz::text_of(data, size), "input", "loket/fuzz", profile(), rules());
    if (!cases) {
        must(!cases.error().empty(), "a refusal has a reason");
        for (auto const& mistake : cases.error())
            must(mistake.where.starts_with("input") && !mistake.what.empty(), "a mistake has place and reason");
        return 0;
    }
    must(!cases->empty() && cases->size() <= 200, "there are cases, and not too many");
    std::set<std::string> names;
    for (auto const& one : *cases) {
        must(names.insert(one.name()).second, "no case is there twice");
        must(!one.title.empty() && !one.steps.empty() && !one.expectations.empty(), "a case is a play with a purpose");
    }
    return 0;
}
