// Rule, scenario and client files as their authors may write them.
#include "fuzz/property.h"

#include "protocol/base/json.h"
#include "protocol/base/yaml.h"

#include <algorithm>

namespace {

using namespace keur;
using fuzz::must;

void check(Yaml const& node, int depth)
{
    must(depth <= 33, "nesting is bounded");
    must(node.line >= 1 && node.column >= 1, "every value knows its place");
    must(node.items.empty() || node.is_list(), "only lists have items");
    must(node.members.empty() || node.is_map(), "only maps have members");
    (void)node.number(), (void)node.yes_no(), (void)node.milliseconds(), (void)node.texts();
    for (auto const& item : node.items) check(item, depth + 1);
    for (auto const& [key, value] : node.members) {
        must(key.is_scalar(), "keys are text");
        must(node.find(key.scalar) == &value, "no key is there twice");
        check(value, depth + 1);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const parsed = parse_yaml(fuzz::text_of(data, size), "input");
    if (!parsed) {
        must(parsed.error().where.starts_with("input") && !parsed.error().what.empty(),
             "a refusal has place and reason");
        return 0;
    }
    check(*parsed, 0);
    auto const json = parsed->json();
    auto const again = parse_json(to_line(json), "again");
    must(again && *again == json, "a file survives as JSON");
    return 0;
}
