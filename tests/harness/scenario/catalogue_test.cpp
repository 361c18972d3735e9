#include "harness/scenario/client.h"
#include "harness/scenario/scenario.h"
#include "tests/places.h"

#include <gtest/gtest.h>

namespace keur {
namespace {

// What this repository ships: rules/, scenarios/, mocks/*/profile.yaml and clients/.
TEST(ShippedCatalogue, LoadsWithoutAMistake)
{
    auto const catalogue = load_catalogue({tests::source_folder()});
    if (!catalogue)
        for (auto const& mistake : catalogue.error()) ADD_FAILURE() << mistake.text();
}

TEST(ShippedCatalogue, HasClientsThatLoad)
{
    std::vector<std::filesystem::path> const roots{tests::source_folder()};
    EXPECT_FALSE(client_names(roots).empty());
    for (auto const& name : client_names(roots)) {
        auto const client = load_client(roots, name);
        if (!client) ADD_FAILURE() << client.error().text();
    }
}

TEST(ShippedCatalogue, HasAScenarioOrAStandingExpectationForEachObservableRule)
{
    auto const catalogue = load_catalogue({tests::source_folder()});
    if (!catalogue) GTEST_SKIP() << "it does not load";
    for (auto const& rule : rules_without_scenario(*catalogue)) ADD_FAILURE() << rule << " is judged by nothing";
}

}  // namespace
}  // namespace keur
