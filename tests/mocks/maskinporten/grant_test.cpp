#include "tests/mocks/maskinporten/machine.h"

namespace keur::mocks::test {

namespace {

TEST(MaskinportenGrant, BringsATokenAndSaysForWhichScope)
{
    Machine machine;
    auto const answer = machine.ask(machine.claims());
    ASSERT_EQ(answer.status, 200) << answer.body;
    auto const body = parse_json(answer.body, "answer").value();
    EXPECT_EQ(text_member(body, "scope"), "keur:orders.read");
    EXPECT_EQ(text_member(body, "token_type"), "Bearer");
    EXPECT_FALSE(body.contains("refresh_token"));
    EXPECT_EQ(machine.call("orders", text_member(body, "access_token")), 200);
}

TEST(MaskinportenGrant, IsRefusedTheSecondTime)
{
    Machine machine;
    auto const assertion = machine.grant(machine.claims(), machine.header());
    ASSERT_EQ(machine.redeem(assertion).status, 200);
    EXPECT_EQ(code_of(machine.redeem(assertion)), "MP-012");
    auto again = machine.claims();
    ASSERT_EQ(machine.ask(again).status, 200);
    again["exp"] = again["exp"].get<long long>() - 1;
    EXPECT_EQ(code_of(machine.ask(again)), "MP-012") << "another JWT with the same jti";
}

TEST(MaskinportenGrant, IsRefusedForEachClaimThatIsNotAsDocumented)
{
    Machine machine;
    auto const now = seconds_since_epoch(machine.clock.now()).count();
    struct Row {
        std::string claim;
        Json value;  // null: without the claim
        std::string code;
    };
    for (auto const& [claim, value, code] : {
             Row{"aud", "https://localhost:4001", "MP-110"},
             Row{"aud", "https://localhost:4001/token", "MP-110"},
             Row{"aud", Json::array({"https://localhost:4001/"}), "MP-110"},
             Row{"aud", nullptr, "invalid_request"},
             Row{"iss", "somebody else", "MP-100"},
             Row{"iss", nullptr, "invalid_request"},
             Row{"iat", now + 11, "invalid_grant"},
             Row{"iat", now - 30, "invalid_grant"},
             Row{"iat", nullptr, "invalid_request"},
             Row{"exp", now + 121, "invalid_grant"},
             Row{"exp", now - 11, "MP-130"},
             Row{"exp", nullptr, "invalid_request"},
             Row{"exp", "soon", "MP-011"},
             Row{"scope", nullptr, "invalid_request"},
             Row{"scope", "keur:nothing", "MP-200"},
             Row{"scope", "keur:people.read", "MP-201"},
             Row{"scope", "keur:ledger.read", "MP-250"},
             Row{"sub", "anybody", "invalid_request"},
             Row{"nbf", now, "invalid_request"},
             Row{"resource", "https://localhost:4002/", "MP-011"},
             Row{"pid", "123", "MP-011"},
             Row{"consumer_org", "310000101", "invalid_request"},
             Row{"consumer_org", "310000999", "MP-251"},
             Row{"consumer_org", "31", "MP-011"},
             Row{"authorization_details", Json::array({{{"type", "urn:other"}}}), "MP-301"},
             Row{"authorization_details", Json::array({{{"type", "urn:altinn:systemuser"}, {"more", 1}}}), "MP-302"},
             Row{"authorization_details", Json::array({{{"type", "urn:altinn:systemuser"}}}), "MP-303"},
             Row{"authorization_details", "text", "MP-303"},
         }) {
        auto claims = machine.claims();
        claims[claim] = value;
        if (value.is_null()) claims.erase(claim);
        // A grant that lives longer since it was made earlier is told apart from one that is merely old.
        if (claim == "iat" && value.is_number() && value.get<long long>() < now) claims["exp"] = now + 100;
        EXPECT_EQ(code_of(machine.ask(claims)), code) << claim << " = " << to_line(value);
    }
}

TEST(MaskinportenGrant, MayLiveLongerWhereThatIsReported)
{
    Machine machine(Switches{{"grant-assertion.longest-life", "180s"}});
    auto claims = machine.claims();
    claims["exp"] = claims["iat"].get<long long>() + 180;
    EXPECT_EQ(machine.ask(claims).status, 200);
}

TEST(MaskinportenGrant, IsTakenWithoutAJtiButNotTwice)
{
    Machine machine;
    auto claims = machine.claims();
    claims.erase("jti");
    EXPECT_EQ(machine.ask(claims).status, 200);
    EXPECT_EQ(code_of(machine.ask(claims)), "MP-012");
}

TEST(MaskinportenGrant, MustNameItsKeyAndBeSignedWithIt)
{
    Machine machine;
    auto const claims = machine.claims();
    auto const refusal = [&](Json const& header) { return code_of(machine.redeem(machine.grant(claims, header))); };
    EXPECT_EQ(refusal(Json::object()), "invalid_grant");
    EXPECT_EQ(refusal({{"kid", "another"}}), "invalid_grant");
    EXPECT_EQ(refusal({{"kid", machine.setting("key_id")}, {"x5c", Json::array()}}), "MP-011");
    EXPECT_EQ(refusal({{"x5c", Json::array({"AAAA"})}}), "MP-120") << "a registered key must be named by kid";
    auto forged = machine.grant(claims, machine.header());
    forged.back() = forged.back() == 'A' ? 'Q' : 'A';
    EXPECT_EQ(code_of(machine.redeem(forged)), "MP-124");
    EXPECT_EQ(code_of(machine.redeem(machine.grant(claims, machine.header(), jose::Algorithm::ps256))),
              "invalid_grant");
    EXPECT_EQ(machine.redeem(machine.grant(claims, machine.header(), jose::Algorithm::rs512)).status, 200);
}

TEST(MaskinportenGrant, IsRefusedWhenTheKeyIsAYearOld)
{
    Machine machine;
    machine.clock.advance(std::chrono::hours(24 * 366));
    EXPECT_EQ(code_of(machine.ask(machine.claims())), "MP-121");
}

TEST(MaskinportenGrant, TakesACertificateOfThisEnvironmentAndOrganisationOnly)
{
    for (auto const& [kind, code] : {std::pair{"good", ""}, std::pair{"production", "MP-120"},
                                     std::pair{"other-organisation", "MP-122"}, std::pair{"expired", "MP-124"}}) {
        Machine machine(Switches{{"client-key.shown-by", "x5c"}, {"client-key.certificate", kind}});
        EXPECT_FALSE(machine.settings.contains("key_id"));
        auto const answer = machine.redeem(machine.grant(machine.claims(), machine.chain_header()));
        if (*code == '\0')
            EXPECT_EQ(answer.status, 200) << answer.body;
        else
            EXPECT_EQ(code_of(answer), code) << kind;
    }
}

TEST(MaskinportenGrant, NeedsTheWholeChainAsAnArray)
{
    Machine machine(Switches{{"client-key.shown-by", "x5c"}});
    auto const whole = machine.chain_header();
    auto const refusal = [&](Json const& x5c) {
        return code_of(machine.redeem(machine.grant(machine.claims(), {{"x5c", x5c}})));
    };
    EXPECT_EQ(refusal(whole["x5c"][0]), "MP-123");
    EXPECT_EQ(refusal(Json::array({whole["x5c"][0]})), "MP-120");
    EXPECT_EQ(refusal(Json::array({"not base64!"})), "MP-123");
    EXPECT_EQ(refusal(Json::array({1})), "MP-123");
    EXPECT_EQ(refusal(Json::array()), "MP-123");
}

TEST(MaskinportenToken, IsGoodOnlyWhereItWasMeantFor)
{
    Machine machine;
    auto const own = machine.token("orders");
    EXPECT_EQ(machine.call("orders", own), 200);
    EXPECT_EQ(machine.call("invoices", own), 403);
    EXPECT_EQ(machine.call("orders", "made-up"), 401);
    EXPECT_EQ(machine.call("shipments", machine.token("shipments")), 200);
    auto unrestricted = machine.claims("shipments");
    unrestricted.erase("resource");
    auto const answer = parse_json(machine.ask(unrestricted).body, "answer").value();
    EXPECT_EQ(machine.call("shipments", text_member(answer, "access_token")), 403);
    EXPECT_EQ(machine.call("ledger-of-a", machine.token("ledger-of-a")), 200);
    EXPECT_EQ(machine.call("ledger-of-b", machine.token("ledger-of-a")), 403);
    EXPECT_EQ(machine.call("record-of-a", machine.token("record-of-a")), 200);
    EXPECT_EQ(machine.call("record-of-b", machine.token("record-of-a")), 403);
    EXPECT_EQ(machine.call("status", machine.token("status")), 200);
    machine.clock.advance(std::chrono::seconds(121));
    EXPECT_EQ(machine.call("orders", own), 401);
}

TEST(MaskinportenToken, NamesConsumerAndSupplier)
{
    Machine machine;
    auto const claims = jose::parse_jwt(machine.token("ledger-of-a")).value().claims.all;
    EXPECT_EQ(text_member(claims["consumer"], "ID"), "0192:310000102");
    EXPECT_EQ(text_member(claims["supplier"], "ID"), "0192:310000101");
    EXPECT_EQ(text_member(claims, "iss"), "https://localhost:4001/");
    EXPECT_FALSE(jose::parse_jwt(machine.token("orders")).value().claims.all.contains("supplier"));
}

TEST(MaskinportenMetadata, LeadsToTheKeyThatSignsTokens)
{
    Machine machine;
    auto const metadata = machine.get("/.well-known/oauth-authorization-server");
    EXPECT_EQ(text_member(metadata, "issuer"), "https://localhost:4001/");
    EXPECT_EQ(text_member(metadata, "token_endpoint"), "https://localhost:4001/token");
    EXPECT_FALSE(metadata.contains("authorization_endpoint"));
    auto const verifies = [&](std::string const& token) {
        auto const keys = jose::parse_jwk_set(to_line(machine.get("/jwk"))).value();
        std::vector<jose::Algorithm> const allowed{jose::Algorithm::rs256};
        return jose::verify(jose::parse_jws(token).value(), keys, allowed).has_value();
    };
    auto const old = machine.token("orders");
    EXPECT_TRUE(verifies(old));
    ASSERT_TRUE(machine.platform->act("idp", "replace-signing-key", {}));
    EXPECT_TRUE(verifies(old)) << "the key before is still published";
    EXPECT_TRUE(verifies(machine.token("orders")));
    EXPECT_EQ(machine.get("/jwk")["keys"].size(), 2U);
}

TEST(MaskinportenMetadata, TellsWhereTheTokenEndpointMovedTo)
{
    Machine machine;
    ASSERT_TRUE(machine.platform->act("idp", "move-endpoint", parse_yaml("token", "test.yaml").value()));
    EXPECT_EQ(text_member(machine.get("/.well-known/oauth-authorization-server"), "token_endpoint"),
              "https://localhost:4001/v2/token");
    EXPECT_EQ(machine.ask(machine.claims()).status, 404);
}

}  // namespace

}  // namespace keur::mocks::test
