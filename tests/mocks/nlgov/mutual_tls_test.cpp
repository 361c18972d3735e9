#include "mocks/engine/mutual_tls.h"
#include "protocol/http/cookie.h"
#include "protocol/http/url.h"
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

constexpr std::array ways_to_be_registered{"subject_dn", "san_dns", "san_uri", "san_ip", "san_email"};

// Somebody else's, with names of the same kinds.
x509::Certificate another()
{
    using Kind = x509::AlternativeName::Kind;
    auto request = x509::client_request({{"CN", "somebody else"}}, SystemClock().now());
    request.names = {{Kind::dns, "else.clients.keur.example"},
                     {Kind::uri, "urn:uuid:else"},
                     {Kind::ip, "192.0.2.18"},
                     {Kind::email, "else@clients.keur.example"}};
    return x509::make_self_signed(request).value().certificate;
}

// Of the same names, of a key that nobody registered.
x509::Certificate namesake(x509::Certificate const& original)
{
    auto request = x509::client_request({{"CN", "namesake"}}, SystemClock().now());
    request.names = x509::alternative_names(original);
    return x509::make_self_signed(request).value().certificate;
}

// A program that has no secret, and the browser of its user.
class PublicClient : public Holder {
public:
    PublicClient()
        : Holder({{"mutual-tls", "aliases"},
                  {"access-token.certificate-bound", "yes"},
                  {"client-authentication.methods", "[none]"},
                  {"client-authentication.registered", "none"},
                  {"consent.asked", "no"}})
    {
    }

    Json sign_in()
    {
        auto const page = visit("/oauth2/authorize?" + to_text(request()));
        auto const user = platform->user("normal");
        http::Form const form{{"request", hidden(page.body, "request")},
                              {"csrf", hidden(page.body, "csrf")},
                              {"username", text_member(user, "username")},
                              {"password", text_member(user, "password")}};
        auto const back = visit("/oauth2/login", &form).headers.get("location");
        auto const query = http::parse_form(std::string_view(back).substr(back.find('?') + 1));
        return answer({{"grant_type", "authorization_code"},
                       {"code", query->get("code")},
                       {"code_verifier", verifier},
                       {"redirect_uri", text_member(settings, "redirect_uri")}});
    }
    Json refresh(std::string const& token)
    {
        return answer({{"grant_type", "refresh_token"}, {"refresh_token", token}});
    }

private:
    static constexpr auto verifier = "a-verifier-of-more-than-forty-three-characters-for-tests";

    [[nodiscard]] http::Form request() const
    {
        return {{"response_type", "code"},
                {"client_id", text_member(settings, "client_id")},
                {"redirect_uri", text_member(settings, "redirect_uri")},
                {"scope", "permits.read"},
                {"state", "q8Zr2VnX0mT4"},
                {"code_challenge", base64url(jose::sha256(verifier))},
                {"code_challenge_method", "S256"}};
    }
    Json answer(http::Form const& form) { return Json::parse(post("/oauth2/token", form, false).body); }
    http::Response visit(std::string const& target, http::Form const* form = nullptr)
    {
        auto const url = http::parse_url("https://localhost:4001" + target).value();
        http::Request sent{.method = form == nullptr ? "GET" : "POST", .target = target};
        sent.headers.add("Cookie", jar.header_for(url));
        if (form != nullptr) {
            sent.headers.add("Content-Type", "application/x-www-form-urlencoded");
            sent.body = to_text(*form);
        }
        auto response = platform->handle("idp", sent, 1, true).response;
        jar.store(url, response.headers);
        auto const location = response.headers.get("location");
        constexpr std::string_view here = "https://localhost:4001";
        return location.starts_with(here) ? visit(location.substr(here.size())) : response;
    }
    static std::string hidden(std::string const& html, std::string const& name)
    {
        auto const mark = "name=\"" + name + "\" value=\"";
        auto const from = html.find(mark);
        if (from == std::string::npos) return {};
        return html.substr(from + mark.size(), html.find('"', from + mark.size()) - from - mark.size());
    }

    http::CookieJar jar;
};

}  // namespace

TEST(MutualTls, LetsTheNameInTheCertificateSayWhoTheClientIs)
{
    for (auto const* by : ways_to_be_registered) {
        Holder client(by_certificate({{"client-certificate.registered-by", by}}));
        EXPECT_EQ(client.token().status, 200) << by;
    }
}

TEST(MutualTls, RefusesAClientThatShowsNoCertificateOrAnother)
{
    for (auto const* by : ways_to_be_registered) {
        Holder client(by_certificate({{"client-certificate.registered-by", by}}));
        client.shown = {another()};
        EXPECT_EQ(client.token().status, 401) << by;
        EXPECT_EQ(client.refusal(), "the certificate is not the one registered for this client") << by;
        client.shown.clear();
        EXPECT_EQ(client.refusal(), "no client certificate came with the connection") << by;
    }
}

TEST(MutualTls, TakesTheCertificateForNoOtherClient)
{
    for (auto const* method : {"tls_client_auth", "self_signed_tls_client_auth"}) {
        Holder client({{"mutual-tls", "aliases"},
                       {"client-authentication.methods", method},
                       {"client-authentication.registered", method}});
        std::vector<std::string> const own{text_member(client.settings, "client_id"),
                                           text_member(client.settings.at("machine"), "client_id")};
        std::size_t others = 0;
        for (auto const& secret : client.transcript.secrets.all()) {
            if (secret.kind != "client-secret" || std::ranges::find(own, secret.client_id) != own.end()) continue;
            client.settings["machine"]["client_id"] = secret.client_id;
            EXPECT_EQ(client.token().status, 401) << method;
            ++others;
        }
        EXPECT_EQ(others, 4U);
        client.settings["machine"]["client_id"] = "nobody";
        EXPECT_EQ(client.refusal(), "this client_id is not known here");
    }
}

TEST(MutualTls, TakesASelfSignedCertificateThatIsTheRegisteredOne)
{
    Holder client({{"mutual-tls", "everywhere"},
                   {"client-authentication.methods", "[self_signed_tls_client_auth]"},
                   {"client-authentication.registered", "self_signed_tls_client_auth"}});
    EXPECT_EQ(client.token().status, 200);
    client.shown = {namesake(client.shown.front())};
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

TEST(MutualTls, BindsTheRefreshTokensOfAPublicClient)  // RFC 8705 §4
{
    PublicClient client;
    auto const tokens = client.sign_in();
    ASSERT_TRUE(tokens.contains("refresh_token")) << tokens.dump();
    auto const fresh = client.refresh(text_member(tokens, "refresh_token"));
    ASSERT_TRUE(fresh.contains("access_token")) << fresh.dump();
    auto const own = client.shown;
    client.shown = {namesake(own.front())};
    auto const refused = client.refresh(text_member(fresh, "refresh_token"));
    EXPECT_EQ(text_member(refused, "error"), "invalid_grant") << refused.dump();
    EXPECT_EQ(text_member(refused, "error_description"), "this refresh token is bound to another certificate");
    client.shown = own;
    EXPECT_TRUE(client.refresh(text_member(fresh, "refresh_token")).contains("access_token"));
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

TEST(MutualTls, DemandsNoCertificateWhereBrowsersCome)
{
    auto const value = [](char const* text) { return parse_yaml(text, "test.yaml").value(); };
    std::vector<std::pair<std::string, Yaml>> const strict{{"mutual-tls", value("everywhere")},
                                                           {"client-certificate.demand", value("required")}};
    EXPECT_FALSE(certificate_demand(nlgov(), strict, "idp").value()->is_required);
    EXPECT_TRUE(certificate_demand(nlgov(), strict, "mtls").value()->is_required);
    EXPECT_TRUE(certificate_demand(nlgov(), strict, "api").value()->is_required);
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
