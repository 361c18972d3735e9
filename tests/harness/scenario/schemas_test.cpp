#include "harness/judge/comparison.h"
#include "harness/judge/expectation.h"
#include "harness/judge/guideline.h"
#include "harness/judge/rule.h"
#include "harness/judge/vocabulary.h"
#include "harness/scenario/members.h"
#include "mocks/engine/system.h"
#include "protocol/base/file.h"
#include "protocol/base/yaml.h"
#include "tests/places.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace keur {
namespace {

using Names = std::set<std::string>;

Json schema(std::string const& name)
{
    auto const text = read_file(tests::source_folder() / "docs/schemas" / (name + ".schema.json"));
    EXPECT_TRUE(text);
    auto parsed = parse_json(text.value_or("{}"), name);
    EXPECT_TRUE(parsed) << parsed.error().text();
    return parsed.value_or(Json::object());
}

// Names in the `properties` of the part of a schema that a JSON pointer names.
Names properties(std::string const& name, std::string const& pointer = {})
{
    Names names;
    auto const document = schema(name);
    for (auto const& [property, description] : document.at(Json::json_pointer(pointer + "/properties")).items())
        names.insert(property);
    return names;
}

Names values(std::string const& name, std::string const& pointer)
{
    Names names;
    auto const document = schema(name);
    for (auto const& value : document.at(Json::json_pointer(pointer))) names.insert(value.get<std::string>());
    return names;
}

Names as_set(std::vector<std::string> const& names)
{
    return {names.begin(), names.end()};
}

TEST(Schemas, KnowTheMembersTheLoadersAccept)
{
    EXPECT_EQ(properties("scenario"), as_set(scenario::scenario_members()));
    EXPECT_EQ(properties("scenario", "/$defs/given"), as_set(scenario::given_members()));
    EXPECT_EQ(properties("scenario", "/$defs/expectation"), as_set(expectation_members(false)));
    EXPECT_EQ(properties("scenario", "/$defs/comparisons"), as_set(judge::comparison_names()));
    EXPECT_EQ(properties("rules"), as_set(rules_file_members()));
    EXPECT_EQ(properties("rules", "/$defs/rule"), as_set(rule_members()));
    EXPECT_EQ(properties("rules", "/$defs/source"), as_set(source_members()));
    EXPECT_EQ(properties("rules", "/$defs/standing"), as_set(expectation_members(true)));
    EXPECT_EQ(properties("guideline"), as_set(judge::Guideline::members()));
    EXPECT_EQ(properties("guideline", "/$defs/component"), as_set(judge::Guideline::component_members()));
    EXPECT_EQ(properties("guideline", "/$defs/row"), as_set(judge::Guideline::row_members()));
    EXPECT_EQ(properties("client"), as_set(scenario::client_members()));
    EXPECT_EQ(properties("client", "/$defs/page"), as_set(scenario::page_members()));
    EXPECT_EQ(properties("client", "/$defs/sign"), as_set(scenario::sign_members()));
}

TEST(Schemas, KnowTheWordsThatPatternsUse)
{
    EXPECT_EQ(values("scenario", "/$defs/kind/enum"), as_set(judge::kind_names()));
    EXPECT_EQ(values("scenario", "/$defs/secret/enum"), as_set(judge::secret_kinds()));
}

TEST(Schemas, KnowTheSectionsOfTheShippedProfiles)
{
    auto const known = properties("profile");
    auto const files = files_below(tests::source_folder() / "mocks", "profile.yaml");
    ASSERT_TRUE(files);
    for (auto const& file : *files) {
        auto const profile = load_yaml(file);
        ASSERT_TRUE(profile) << profile.error().text();
        Names own;
        for (auto const& system : mocks::systems())
            if (system.name == profile->find("system")->scalar) own = as_set(system.sections);
        for (auto const& [section, value] : profile->members)
            EXPECT_TRUE(known.contains(section.scalar) || own.contains(section.scalar)) << section.at();
    }
}

}  // namespace
}  // namespace keur
