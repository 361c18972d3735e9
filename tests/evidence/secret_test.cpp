#include "evidence/secret.h"

#include "protocol/base/encoding.h"

#include <gtest/gtest.h>

#include <array>

namespace keur {
namespace {

SecretLedger ledger_with(std::string kind, std::string value)
{
    SecretLedger ledger;
    ledger.add(std::move(kind), std::move(value), TimePoint{});
    return ledger;
}

TEST(SecretLedger, NamesSecretsByKindAndOrderOfIssue)
{
    SecretLedger ledger;
    EXPECT_EQ(ledger.add("code", "code-value-one", {}).name, "code-1");
    EXPECT_EQ(ledger.add("access-token", "token-value-one", {}).name, "access-token-1");
    EXPECT_EQ(ledger.add("code", "code-value-two", {}).name, "code-2");
    EXPECT_EQ(ledger.all().size(), 3U);
}

TEST(SecretLedger, KeepsTheEntryOfAValueThatIsAddedTwice)
{
    SecretLedger ledger;
    ledger.add("code", "same-value-here", {}).client_id = "the-client";
    EXPECT_EQ(ledger.add("session", "same-value-here", {}).client_id, "the-client");
    EXPECT_EQ(ledger.all().size(), 1U);
    EXPECT_EQ(ledger.find("same-value-here")->name, "code-1");
    EXPECT_EQ(ledger.find("another"), nullptr);
}

struct Written {
    std::string encoding;
    std::string text;
};

TEST(SecretLedger, SeesAndMasksASecretInEveryEncoding)
{
    std::string const value = "s3cret/+? ü.*[x]";
    auto const ledger = ledger_with("client-secret", value);
    std::vector<Written> const ways{
        {"plain", "x=" + value + ";"},
        {"url", "x=s3cret%2F%2B%3F%20%C3%BC.%2A%5Bx%5D;"},
        {"url", "x=s3cret%2f%2b%3f%20%c3%bc.*%5bx%5d;"},
        {"url", "x=s3cret%2F%2B%3F+%C3%BC.*%5Bx%5D;"},
        {"url", "x=%733cret/+?%20ü.*[x];"},
        {"json", R"(x=s3cret\/+? \u00fc.*[x];)"},
        {"hex", "x=" + hex(value) + ";"},
    };
    for (auto const& way : ways) {
        auto const seen = ledger.sightings(way.text);
        ASSERT_EQ(seen.size(), 1U) << way.text;
        EXPECT_EQ(seen[0].encoding, way.encoding) << way.text;
        EXPECT_EQ(seen[0].name, "client-secret-1");
        EXPECT_EQ(seen[0].kind, "client-secret");
        EXPECT_EQ(seen[0].at, 2U) << way.text;
        EXPECT_EQ(ledger.masked(way.text), "x=‹client-secret-1›;");
    }
}

TEST(SecretLedger, SeesHexadecimalInUpperCase)
{
    auto const ledger = ledger_with("code", "\xabkeur-canary\xef");
    EXPECT_EQ(ledger.masked("AB6B6575722D63616E617279EF"), "‹code-1›");
}

TEST(SecretLedger, MasksBase64InEachAlignment)
{
    auto const ledger = ledger_with("password", "\xfb\xff\xbeg>?>>>>canary?");
    for (std::string const before : {"", "a", "ab", "abc", "user:"}) {
        for (std::string const after : {"", "z", "zz"}) {
            auto const text = before + "\xfb\xff\xbeg>?>>>>canary?" + after;
            for (auto const& encoded : {base64(text), base64url(text)}) {
                auto const masked = ledger.masked("Basic " + encoded);
                EXPECT_NE(masked.find("‹password-1›"), std::string::npos) << encoded;
                // What is left are the characters made of the neighbours alone, and padding.
                EXPECT_LE(masked.size(),
                          std::string("Basic ‹password-1›").size() + (before.size() + after.size()) * 2 + 2)
                    << masked;
            }
        }
    }
}

TEST(SecretLedger, TellsBase64urlFromBase64WhenTheyDiffer)
{
    auto const ledger = ledger_with("password", "\xfb\xff\xbe\xfb\xff\xbe\xfb\xff\xbe");
    EXPECT_EQ(ledger.sightings(base64url("\xfb\xff\xbe\xfb\xff\xbe\xfb\xff\xbe")).at(0).encoding, "base64url");
    EXPECT_EQ(ledger.sightings(base64("\xfb\xff\xbe\xfb\xff\xbe\xfb\xff\xbe")).at(0).encoding, "base64");
}

TEST(SecretLedger, SeesABasicCredentialInsideAnEscapedUrl)
{
    auto const ledger = ledger_with("client-secret", "canary~canary>>>?");
    auto const text = "?a=Basic%20" + std::string("Y2xpZW50OmNhbmFyeX5jYW5hcnk%2BPj4%2F");
    EXPECT_EQ(ledger.sightings(text).at(0).encoding, "base64");
    EXPECT_EQ(ledger.masked(text).find("yX5jYW5hcnk"), std::string::npos);
}

TEST(SecretLedger, DoesNotSearchValuesBelowEightBytes)
{
    auto const ledger = ledger_with("password", "1234567");
    EXPECT_EQ(ledger.masked("pin 1234567"), "pin 1234567");
    EXPECT_EQ(ledger_with("password", "").masked("anything at all"), "anything at all");
    EXPECT_EQ(ledger_with("password", "12345678").masked("pin 12345678"), "pin ‹password-1›");
}

TEST(SecretLedger, LeavesNoRestOfASecretThatHoldsAnother)
{
    SecretLedger ledger;
    ledger.add("code", "inner-secret", {});
    ledger.add("access-token", "head.inner-secret.tail", {});
    EXPECT_EQ(ledger.masked("[head.inner-secret.tail]"), "[‹access-token-1›]");
    EXPECT_EQ(ledger.masked("[inner-secret]"), "[‹code-1›]");
}

TEST(SecretLedger, LeavesNoRestOfSecretsThatOverlap)
{
    SecretLedger ledger;
    ledger.add("code", "0123456789abcdef", {});
    ledger.add("session", "89abcdefGHIJKLMN", {});
    EXPECT_EQ(ledger.masked("<0123456789abcdefGHIJKLMN>"), "<‹code-1›‹session-1›>");
}

TEST(SecretLedger, SeesSecretsThatWereAddedAfterASearch)
{
    auto ledger = ledger_with("code", "first-canary");
    EXPECT_EQ(ledger.sightings("second-canary").size(), 0U);
    ledger.add("code", "second-canary", {});
    EXPECT_EQ(ledger.masked("second-canary first-canary"), "‹code-2› ‹code-1›");
}

TEST(SecretLedger, MasksEveryPlaceInBytesThatAreNotText)
{
    auto const ledger = ledger_with("code", std::string("\x00\xff\xfe\x80\x00\x01\x02\x03", 8));
    std::string const text = "a" + std::string("\x00\xff\xfe\x80\x00\x01\x02\x03", 8) + "\xff" +
                             std::string("\x00\xff\xfe\x80\x00\x01\x02\x03", 8);
    EXPECT_EQ(ledger.masked(text), "a‹code-1›\xff‹code-1›");
}

TEST(SecretLedger, MasksARunOfTheSameCharacter)
{
    auto const ledger = ledger_with("code", "aaaaaaaa");
    auto const masked = ledger.masked("-" + std::string(1000, 'a') + "-");
    EXPECT_EQ(masked.find('a'), std::string::npos) << "nothing but names is left";
}

TEST(SecretLedger, CutsALongTextAndTellsItsLength)
{
    auto const ledger = ledger_with("code", "canary-canary");
    EXPECT_EQ(ledger.masked("0123456789", 4), "0123… (10 bytes in all)");
    EXPECT_EQ(ledger.masked("0123456789", 10), "0123456789");
}

TEST(SecretLedger, LeavesNoPartOfASecretAtTheCut)
{
    auto const ledger = ledger_with("code", "canary-canary");
    EXPECT_EQ(ledger.masked("12canary-canary and more", 4), "12‹code-1›… (24 bytes in all)");
    EXPECT_EQ(ledger.masked("12canary-canary", 4), "12‹code-1›");
    EXPECT_EQ(ledger.masked("12%63%61%6E%61%72%79-canary!", 4), "12‹code-1›… (28 bytes in all)");
    EXPECT_EQ(ledger.masked("1234canary-canary", 4), "1234… (17 bytes in all)");
}

}  // namespace
}  // namespace keur
