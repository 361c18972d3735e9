#include "harness/scenario/tls_cases.h"

#include "tests/places.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace keur::scenario {
namespace {

Yaml yaml(std::string_view text)
{
    return parse_yaml(text, "scenario.yaml").value();
}

TlsServers& servers()
{
    static TlsServers made({tests::source_folder()});
    return made;
}

TEST(TlsCases, AreTriedOnEveryConnection)
{
    auto const cases =
        expand_tls_cases(yaml("{tls: [trust-self-signed, time-expired], at: {token: sign-in, api: call}}"), servers())
            .value();
    ASSERT_EQ(cases.size(), 4U);
    EXPECT_EQ(cases[0].case_name, "token,trust-self-signed");
    EXPECT_EQ(cases[3].case_name, "api,time-expired");
    EXPECT_EQ(cases[3].values.at("flow").scalar, "call");
}

// The rules that the case of this id is judged by.
std::vector<std::string> rules_of(std::string_view id)
{
    auto const cases =
        expand_tls_cases(yaml(fmt::format("{{tls: {}, at: {{token: sign-in}}}}", id)), servers()).value();
    std::vector<std::string> rules;
    for (auto const& item : cases.front().values.at("expect").items) rules.push_back(item.find("rule")->scalar);
    return rules;
}

TEST(TlsCases, AskThatACertificateWrongInTrustNameOrTimeIsRefusedEverywhereAndForGood)
{
    EXPECT_EQ(rules_of("trust-self-signed"), (std::vector<std::string>{"CRT-01", "CRT-16", "CRT-17"}));
    EXPECT_EQ(rules_of("use-client"), std::vector<std::string>{"CRT-10"}) << "who is lenient here may be so everywhere";
}

TEST(TlsCases, NamesWhatIsNotInTheCatalogue)
{
    auto const cases = expand_tls_cases(yaml("{tls: trust-self-sined, at: {token: sign-in}}"), servers());
    ASSERT_FALSE(cases);
    EXPECT_EQ(cases.error().what, "unknown TLS case 'trust-self-sined'");
}

TEST(TlsCases, OfTheSampleAreThoseOfItsFile)
{
    auto const sample = expand_tls_cases(yaml("{tls: sample, at: {token: sign-in}}"), servers()).value();
    auto const all = expand_tls_cases(yaml("{tls: [all, sample], at: {token: sign-in}}"), servers()).value();
    EXPECT_GT(sample.size(), 20U);
    EXPECT_GT(all.size(), 4 * sample.size());
}

TEST(TlsCases, NeedAConnection)
{
    EXPECT_EQ(expand_tls_cases(yaml("{tls: all}"), servers()).error().what, "these TLS cases have no connection");
}

}  // namespace
}  // namespace keur::scenario
