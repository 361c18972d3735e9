#include "mocks/engine/mutual_tls.h"
#include "protocol/x509/authority.h"
#include "protocol/x509/identity.h"
#include "tests/mocks/nlgov/caller.h"

namespace keur::mocks::test {

namespace {

Caller::Switches by_certificate(Caller::Switches more = {})
{
    Caller::Switches switches{{"mutual-tls", "aliases"},
                              {"access-token.certificate-bound", "yes"},
                              {"client-authentication.methods", "[tls_client_auth]"},
                              {"client-authentication.registered", "tls_client_auth"}};
    switches.insert(switches.end(), more.begin(), more.end());
    return switches;
}

// A client that shows the certificate it was given.
class Holder : public Caller {
public:
    explicit Holder(Switches switches = by_certificate()) : Caller(std::move(switches)) { show_own(); }

    void show_own() { shown = {platform->client_certificate()->certificate}; }
    std::string refusal() { return text_member(Json::parse(token().body), "error_description"); }
    Json metadata() { return Json::parse(call("idp", "/.well-known/oauth-authorization-server", {}).body); }
};

// Of the same subject and names, of a key that nobody registered.
x509::Certificate forged(x509::Certificate const& original)
{
    auto request = x509::client_request({{"CN", "forged"}}, SystemClock().now());
    request.names = x509::alternative_names(original);
    request.names.front().value += ".example";
    return x509::make_self_signed(request).value().certificate;
}

}  // namespace

TEST(MutualTls, LetsTheNameInTheCertificateSayWhoTheClientIs)
{
    for (auto const* by : {"subject_dn", "san_dns", "san_uri", "san_ip", "san_email"}) {
        Holder client(by_certificate({{"client-certificate.registered-by", by}}));
        EXPECT_EQ(client.token().status, 200) << by;
    }
}

TEST(MutualTls, RefusesAClientThatShowsNoCertificateOrAnother)
{
    Holder client;
    auto const own = client.shown.front();
    client.shown = {forged(own)};
    EXPECT_EQ(client.token().status, 401);
    EXPECT_EQ(client.refusal(), "the certificate is not the one registered for this client");
    client.shown.clear();
    EXPECT_EQ(client.refusal(), "no client certificate came with the connection");
}

TEST(MutualTls, TakesASelfSignedCertificateThatIsTheRegisteredOne)
{
    Holder client({{"mutual-tls", "everywhere"},
                   {"client-authentication.methods", "[self_signed_tls_client_auth]"},
                   {"client-authentication.registered", "self_signed_tls_client_auth"}});
    EXPECT_EQ(client.token().status, 200);
    client.shown = {forged(client.shown.front())};
    EXPECT_EQ(client.token().status, 401);
}

TEST(MutualTls, BindsATokenToTheCertificateItWasAskedWith)
{
    Holder client;
    auto const token = client.new_token();
    auto const cnf = jose::parse_jwt(token).value().claims.all.at("cnf");
    EXPECT_EQ(text_member(cnf, "x5t#S256"), x509::thumbprint(client.shown.front()));
    EXPECT_EQ(client.call(token).status, 200);
    client.shown.clear();
    auto const refused = client.call(token);
    EXPECT_EQ(refused.status, 401);
    EXPECT_TRUE(refused.headers.get("WWW-Authenticate").contains("invalid_token"));
    ASSERT_TRUE(client.platform->act("idp", "replace-client-certificate", {}));
    client.show_own();
    EXPECT_EQ(client.call(token).status, 401);
    EXPECT_EQ(client.call(client.new_token()).status, 200);
}

TEST(MutualTls, TellsOfTheBindingByIntrospection)
{
    Holder client;
    auto const token = client.new_token();
    auto const told = Json::parse(client.post("/oauth2/introspect", {{"token", token}}, true).body);
    EXPECT_EQ(text_member(told.at("cnf"), "x5t#S256"), x509::thumbprint(client.shown.front()));
}

TEST(MutualTls, GivesNoBoundTokenWithoutACertificate)
{
    Holder client({{"mutual-tls", "aliases"}, {"access-token.certificate-bound", "yes"}});
    EXPECT_EQ(client.token().status, 200);
    client.shown.clear();
    EXPECT_EQ(client.token().status, 400);
}

TEST(MutualTls, IsToldInMetadataAndSettings)
{
    Holder client;
    auto const metadata = client.metadata();
    EXPECT_EQ(text_member(metadata.at("mtls_endpoint_aliases"), "token_endpoint"),
              "https://localhost:4005/oauth2/token");
    EXPECT_EQ(metadata.at("tls_client_certificate_bound_access_tokens"), true);
    EXPECT_EQ(metadata.at("token_endpoint_auth_methods_supported").back(), "tls_client_auth");
    EXPECT_EQ(text_member(client.settings.at("mtls_endpoint_aliases"), "token_endpoint"),
              "https://localhost:4005/oauth2/token");
    EXPECT_EQ(text_member(client.settings.at("machine"), "client_secret"), "");
    Holder plain(by_certificate({{"mutual-tls", "everywhere"}}));
    EXPECT_FALSE(plain.metadata().contains("mtls_endpoint_aliases"));
    EXPECT_FALSE(plain.settings.contains("mtls_endpoint_aliases"));
}

TEST(MutualTls, IsOffUnlessASwitchSaysOtherwise)
{
    Caller client;
    EXPECT_FALSE(client.platform->client_certificate());
    EXPECT_FALSE(client.settings.contains("tls_client_certificate_bound_access_tokens"));
    EXPECT_FALSE(certificate_demand(nlgov(), {}, "api").value());
}

TEST(MutualTls, AsksAtEveryPartyAndTrustsTheAuthorityOfClientsButAtStrangers)
{
    auto const value = [](char const* text) { return parse_yaml(text, "test.yaml").value(); };
    std::vector<std::pair<std::string, Yaml>> const aliases{{"mutual-tls", value("aliases")}};
    EXPECT_FALSE(certificate_demand(nlgov(), aliases, "idp").value());
    auto const api = certificate_demand(nlgov(), aliases, "api").value();
    ASSERT_TRUE(api);
    EXPECT_FALSE(api->trusted_ca_pem.empty());
    auto const attacker = certificate_demand(nlgov(), aliases, "attacker").value();
    ASSERT_TRUE(attacker);
    EXPECT_TRUE(attacker->trusted_ca_pem.empty());
    EXPECT_TRUE(certificate_demand(nlgov(), {{"mutual-tls", value("everywhere")}}, "idp").value());
}

TEST(MutualTls, IsRecordedWithTheRequest)
{
    Holder client;
    std::ignore = client.token();
    auto const& all = client.transcript.all();
    auto const request = std::ranges::find(all, "request", &Observation::kind);
    ASSERT_NE(request, all.end());
    EXPECT_EQ(field(*request, "certificate.thumbprint"), x509::thumbprint(client.shown.front()));
    EXPECT_TRUE(field(*request, "certificate.subject").get<std::string>().starts_with("CN="));
    EXPECT_EQ(field(*request, "certificate.names").size(), 4U);
}

}  // namespace keur::mocks::test
