#include "tests/mocks/nlgov/caller.h"

namespace keur::mocks::test {

namespace {

Json claims(Caller& client, std::string const& id = "3q2-7wAAAAAAAAAAAAAAAA")
{
    return {{"jti", id},
            {"htm", "POST"},
            {"htu", "https://localhost:4001/oauth2/token"},
            {"iat", jose::numeric_date(client.clock.now())}};
}

std::string error_with(Caller& client, std::string const& proof)
{
    return text_member(Json::parse(client.token({{"grant_type", "client_credentials"}}, {{"DPoP", proof}}).body),
                       "error");
}

}  // namespace

TEST(ProofOfPossession, BindsTheTokenToItsKey)
{
    Caller client(Caller::Switches{{"dpop", "required"}});
    ProofKey const key;
    auto const answer =
        Json::parse(client.token({{"grant_type", "client_credentials"}}, {{"DPoP", key.proof(claims(client))}}).body);
    EXPECT_EQ(answer["token_type"], "DPoP");
    auto const token = text_member(answer, "access_token");
    EXPECT_EQ(client.call(token).status, 401);  // as a bearer token
    Json at_api{{"jti", "another"},
                {"htm", "GET"},
                {"htu", "https://localhost:4002/v1/statistics"},
                {"iat", jose::numeric_date(client.clock.now())},
                {"ath", base64url(jose::sha256(token))}};
    http::Headers headers{{"Authorization", "DPoP " + token}, {"DPoP", key.proof(at_api)}};
    EXPECT_EQ(client.call("api", "/v1/statistics", headers).status, 200);
    EXPECT_EQ(client.call("api", "/v1/statistics", headers).status, 401);  // the proof was used
}

TEST(ProofOfPossession, IsRefusedWhenItIsNotOfThisRequest)
{
    Caller client(Caller::Switches{{"dpop", "required"}});
    ProofKey const key;
    EXPECT_EQ(error_with(client, key.proof(claims(client), "JWT")), "invalid_dpop_proof");
    for (auto const& [name, value] : {std::pair<char const*, Json>{"htm", "GET"},
                                      {"htu", "https://localhost:4001/oauth2/authorize"},
                                      {"iat", jose::numeric_date(client.clock.now() - std::chrono::hours(1))},
                                      {"jti", ""}}) {
        auto wrong = claims(client);
        wrong[name] = value;
        EXPECT_EQ(error_with(client, key.proof(wrong)), "invalid_dpop_proof") << name;
    }
    EXPECT_EQ(error_with(client, key.proof(claims(client))), "");
    EXPECT_EQ(error_with(client, key.proof(claims(client))), "invalid_dpop_proof");  // the same jti
    EXPECT_EQ(error_with(client, "no.jwt"), "invalid_dpop_proof");
}

TEST(ProofOfPossession, IsAskedForAgainWithTheNonceOfTheServer)
{
    Caller client(Caller::Switches{{"dpop", "required"}, {"dpop.nonce", "wanted"}});
    ProofKey const key;
    auto const asked = client.token({{"grant_type", "client_credentials"}}, {{"DPoP", key.proof(claims(client))}});
    EXPECT_EQ(text_member(Json::parse(asked.body), "error"), "use_dpop_nonce");
    auto answered = claims(client);
    answered["nonce"] = asked.headers.get("DPoP-Nonce");
    EXPECT_EQ(error_with(client, key.proof(answered)), "");
}

}  // namespace keur::mocks::test
