#include "protocol/oauth/pkce.h"

#include <gtest/gtest.h>

namespace keur::oauth {

TEST(PkceVerifier, RejectsFewerThan43Characters)  // RFC 7636 §4.1
{
    EXPECT_EQ(check_verifier(std::string(42, 'a')).error().what, "code_verifier has 42 characters, not 43 to 128");
    EXPECT_TRUE(check_verifier(std::string(43, 'a')));
    EXPECT_TRUE(check_verifier(std::string(128, '~')));
    EXPECT_FALSE(check_verifier(std::string(129, 'a')));
}

TEST(PkceVerifier, RejectsOtherCharacters)
{
    for (char const c : {'+', '/', '=', ' ', '%', '\0', '\x80'})
        EXPECT_FALSE(check_verifier(std::string(42, 'a') + c)) << static_cast<int>(c);
}

TEST(PkceChallenge, IsTheExampleOfTheStandard)  // RFC 7636 Appendix B
{
    std::string const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    EXPECT_EQ(challenge_of(verifier, ChallengeMethod::s256), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    EXPECT_EQ(challenge_of(verifier, ChallengeMethod::plain), verifier);
}

TEST(PkceChallenge, HasTheFormOfItsMethod)
{
    EXPECT_TRUE(check_challenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", ChallengeMethod::s256));
    EXPECT_FALSE(check_challenge(std::string(44, 'A'), ChallengeMethod::s256));
    EXPECT_FALSE(check_challenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=", ChallengeMethod::s256));
    EXPECT_TRUE(check_challenge(std::string(44, 'A'), ChallengeMethod::plain));
    EXPECT_FALSE(check_challenge("short", ChallengeMethod::plain));
}

TEST(PkceMethod, IsSpeltExactly)
{
    EXPECT_EQ(*parse_challenge_method("S256"), ChallengeMethod::s256);
    EXPECT_EQ(*parse_challenge_method("plain"), ChallengeMethod::plain);
    EXPECT_EQ(parse_challenge_method("s256").error().text(),
              "unknown code_challenge_method 's256'; did you mean 'S256'?");
}

}  // namespace keur::oauth
