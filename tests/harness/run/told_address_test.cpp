#include "harness/run/told_address.h"

#include "tests/places.h"

#include <gtest/gtest.h>

namespace keur {
namespace {

mocks::Profile const& loket()
{
    static auto const profile = mocks::load_profile(tests::source_folder() / "mocks/loket/profile.yaml").value();
    return profile;
}

TEST(ToldAddress, IsFoundByItsTemplateInTheProfilesSettings)
{
    EXPECT_EQ(told_in(loket(), "token"), "token_endpoint");
    EXPECT_EQ(told_in(loket(), "authorize"), "authorization_endpoint");
    EXPECT_EQ(told_in(loket(), "api"), "api");
    EXPECT_EQ(told_in(loket(), "login"), "");
}

TEST(ToldAddress, BelongsToThePartyOfItsEndpoint)
{
    EXPECT_EQ(party_of(loket(), "employers"), "api");
    EXPECT_EQ(party_of(loket(), "idp"), "idp");
    EXPECT_EQ(party_of(loket(), "nobody"), "");
}

}  // namespace
}  // namespace keur
