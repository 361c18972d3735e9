#include "tests/mocks/idporten/relying_party.h"

namespace keur::mocks::test {

namespace {

constexpr std::array allowed{jose::Algorithm::rs256};

std::string query_of(std::string const& url, std::string const& name)
{
    return http::parse_form(std::string_view(url).substr(url.find('?') + 1)).value().get(name);
}

// A service with a key, and its authorization request in an object that it signed.
struct Signing : Service {
    Signing()
        : Service(Pairs{{"authorization.request-objects", "by-value"},
                        {"client-authentication.registered", "private_key_jwt"}})
    {
    }

    http::Form with_object(Json claims)
    {
        auto key = x509::Key::from_pem(setting("private_key")).value();
        jose::Jwk const jwk{.material = std::move(key), .kid = setting("key_id"), .use = {}, .alg = {}, .key_ops = {}};
        auto const signer = jose::Signer::create(jose::Algorithm::rs256, jwk).value();
        auto const request = authorization_request();
        claims["iss"] = setting("client_id");
        for (auto const& [name, value] : request.pairs())
            if (!claims.contains(name)) claims[name] = value;
        return {{"client_id", setting("client_id")}, {"redirect_uri", setting("redirect_uri")},
                {"response_type", "code"},           {"scope", "openid"},
                {"state", "of-the-query"},           {"request", signer.sign(to_line(claims)).value()}};
    }
};

}  // namespace

TEST(Userinfo, IsSignedForItsClientWhereThatWasAgreed)
{
    Service service(Service::Pairs{{"userinfo.algorithm", "RS256"}});
    auto const answer = service.get("/userinfo", text_member(service.sign_in(), "access_token"));
    EXPECT_EQ(answer.media_type(), "application/jwt");
    auto const token = jose::parse_jwt(answer.body).value();
    EXPECT_TRUE(jose::verify(token.jws, service.keys(), allowed));
    EXPECT_EQ(token.claims.iss, service.setting("issuer"));
    EXPECT_EQ(token.claims.aud, std::vector<std::string>{service.setting("client_id")});
    EXPECT_EQ(text_member(token.claims.all, "locale"), "nb");
}

TEST(Userinfo, CanBeSignedWrongly)
{
    Service service({{"userinfo.algorithm", "RS256"}},
                    {{"id-token-signature", "{at: userinfo, is: of-another-payload}"}});
    auto const answer = service.get("/userinfo", text_member(service.sign_in(), "access_token"));
    EXPECT_FALSE(jose::verify(jose::parse_jws(answer.body).value(), service.keys(), allowed));
}

TEST(Metadata, HaveASignedCopyThatAFaultOfThePlainValuesLeavesAlone)
{
    Service service({{"metadata.format", "signed"}},
                    {{"json-members", "{at: metadata, set: {token_endpoint: \"https://elsewhere.example\"}}"}});
    auto const metadata = Json::parse(service.get("/.well-known/openid-configuration").body);
    auto const token = jose::parse_jwt(text_member(metadata, "signed_metadata")).value();
    EXPECT_TRUE(jose::verify(token.jws, service.keys(), allowed));
    EXPECT_EQ(token.claims.iss, service.setting("issuer"));
    EXPECT_EQ(text_member(token.claims.all, "token_endpoint"), "https://localhost:4001/token");
    EXPECT_EQ(text_member(metadata, "token_endpoint"), "https://elsewhere.example");
}

TEST(RequestObject, CountsInThePlaceOfTheQuery)
{
    Signing service;
    auto const back = service.returned(service.with_object({{"aud", service.setting("issuer")}}));
    EXPECT_EQ(query_of(back, "state"), "q8Zr2VnX0mT4");
    EXPECT_FALSE(query_of(back, "code").empty());
}

TEST(RequestObject, IsRefusedWhenItIsForAnotherServerOrNobodySignedIt)
{
    Signing service;
    auto const elsewhere = service.with_object({{"aud", "https://elsewhere.example"}});
    auto unsigned_one = service.with_object({{"aud", service.setting("issuer")}});
    unsigned_one.remove("request");
    unsigned_one.add("request", base64url(R"({"alg":"none"})") + '.' + base64url("{}") + '.');
    for (auto const& request : {elsewhere, unsigned_one})
        EXPECT_EQ(query_of(service.returned(request), "error"), "invalid_request_object");
}

}  // namespace keur::mocks::test
