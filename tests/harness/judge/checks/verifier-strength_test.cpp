#include "tests/harness/judge/checks/asked.h"

namespace keur::judge {
namespace {

Says verifier(std::string const& value)
{
    Staged stage;
    stage.request("token", {{"form", {{"code_verifier", value}}}});
    return asked("verifier-strength", stage);
}

TEST(VerifierStrength, Accepts43RandomCharacters)  // RFC 7636, appendix B
{
    EXPECT_EQ(verifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), Says::kept);
}

TEST(VerifierStrength, RefusesWhatIsShortOrLongOrMadeOfOtherCharacters)
{
    EXPECT_EQ(verifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX"), Says::broken);
    EXPECT_EQ(verifier(std::string(129, 'a')), Says::broken);
    EXPECT_EQ(verifier("dBjftJeZ4CVP+mB92K27uhbUJU1p1r/wW1gFWFOEjXk"), Says::broken);
}

TEST(VerifierStrength, RefusesWhatIsNotRandom)
{
    EXPECT_EQ(verifier(std::string(43, 'a')), Says::broken);
    EXPECT_EQ(verifier("1234567890123456789012345678901234567890123"), Says::broken);
}

TEST(VerifierStrength, SaysNothingWithoutPkce)
{
    EXPECT_EQ(verifier(""), Says::nothing);
}

}  // namespace
}  // namespace keur::judge
