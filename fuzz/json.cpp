// JSON texts of any origin.
#include "fuzz/property.h"

#include "protocol/base/json.h"

#include <set>
#include <string>

namespace {

using namespace keur;
using fuzz::must;

int depth(Json const& value)
{
    int deepest = 0;
    std::set<std::string> names;
    if (value.is_structured())
        for (auto const& [name, member] : value.items()) {
            deepest = std::max(deepest, depth(member));
            must(value.is_array() || names.insert(name).second, "no member is there twice");
        }
    return value.is_structured() ? deepest + 1 : 0;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const value = parse_json(fuzz::text_of(data, size), "input");
    if (!value) {
        must(!value.error().what.empty(), "a refusal has a reason");
        return 0;
    }
    must(depth(*value) <= 65, "nesting is bounded");
    auto const again = parse_json(to_line(*value), "again");
    must(again && *again == *value, "a value survives being printed");
    return 0;
}
