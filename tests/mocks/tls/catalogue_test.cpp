#include "tests/mocks/tls/verifier.h"

#include "protocol/base/yaml.h"
#include "protocol/x509/authority.h"
#include "tests/places.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>

namespace keur::mocks::transport {
namespace {

std::vector<Entry> const& catalogue()
{
    static auto const entries = load_cases(tests::source_folder() / "mocks/tls").value();
    return entries;
}

x509::Credentials const& root()
{
    static auto const made = x509::make_authority(SystemClock().now()).value();
    return made;
}

KeyRing& keys()
{
    static KeyRing ring;
    return ring;
}

bool is_about_certificates(Case const& one)
{
    return one.handshake.is_script == false && one.handshake.alert == 0;
}

// What is written at `objection` for that verifier: names of errors, or `none`.
std::set<std::string> expected(Case const& one, std::string_view verifier)
{
    auto const* said = &one.objection;
    if (said->is_map()) said = said->find(verifier);
    if (said == nullptr || said->is_null()) return {};
    auto const words = said->texts().value();
    std::set<std::string> names(words.begin(), words.end());
    names.erase("none");
    return names;
}

TEST(TlsCatalogue, HasOneDeviationForOpenSslInEveryRefusedCertificate)
{
    for (auto const& entry : catalogue()) {
        auto const& one = entry.what;
        if (!is_about_certificates(one) || one.client == "either") continue;
        auto const chain = make_chain(one.chain, root(), keys());
        ASSERT_TRUE(chain) << one.id << ": " << chain.error().text();
        auto const objections = openssl_objections(*chain, root().certificate, one.host);
        auto const intended = expected(one, "openssl");
        EXPECT_EQ(objections.empty(), intended.empty())
            << one.id << ", and OpenSSL says " << ::testing::PrintToString(objections);
        for (auto const& objection : objections)
            EXPECT_TRUE(intended.contains(objection)) << one.id << ": OpenSSL also says " << objection;
    }
}

TEST(TlsCatalogue, IsSeenByGnuTlsAsItIsMeant)
{
    ASSERT_EQ(std::system("command -v certtool >/dev/null 2>&1"), 0) << "install gnutls-bin, as ./dev does";
    auto folder = (std::filesystem::temp_directory_path() / "keur-gnutls-XXXXXX").string();
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    for (auto const& entry : catalogue()) {
        auto const& one = entry.what;
        if (!is_about_certificates(one) || one.client == "either" || one.category == "proto") continue;
        auto const chain = make_chain(one.chain, root(), keys()).value();
        auto const objection = gnutls_objection(chain, root().certificate, one.host, folder);
        auto const* const said = one.objection.is_map() ? one.objection.find("gnutls") : nullptr;
        bool const is_to_object =
            said != nullptr ? said->scalar != "none" : one.client == "refuses" && one.objection.scalar != "none";
        EXPECT_EQ(!objection.empty(), is_to_object) << one.id << ": GnuTLS says «" << objection << "»";
    }
    std::filesystem::remove_all(folder);
}

TEST(TlsCatalogue, CanBeMadeWhole)
{
    for (auto const& entry : catalogue()) {
        auto const& one = entry.what;
        auto const chain = make_chain(one.chain, root(), keys());
        EXPECT_TRUE(chain) << one.id << ": " << chain.error().text();
    }
}

TEST(TlsCase, NamesItsMistakes)
{
    constexpr std::array mistakes{
        std::pair{"chain: {leaf: {issuer: nobody}}", "unknown issuer 'nobody'"},
        std::pair{"chain: {leaf: {key: rsa-1}}", "unknown kind of key 'rsa-1'"},
        std::pair{"chain: {sent: [lost]}", "unknown certificate 'lost'"},
        std::pair{"chain: {leaf: {issuer: intermediate}, intermediate: {issuer: leaf}}",
                  "'intermediate' is issued by itself over others"},
        std::pair{"chain: {leaf: {names: localhost}}", "the names are a list"},
        std::pair{"chain: {leaf: {extensions: {name: x}}}", "the extensions are a list"},
        std::pair{"chain: {leaf: {key: p521, trick: key-not-held}}",
                  "only a p256 key can be shown by one who does not hold it"},
        std::pair{"chain: {intermediates: 1000000}", "1000000 is not from 0 to 1000"},
        std::pair{"handshake: {octets: \"0\", end: close}", "'0' is not a row of octets"},
        std::pair{"handshake: {text: hello}", "these bytes are never sent"},
        std::pair{"handshake: {alert: 256}", "256 is not from 0 to 255"},
        std::pair{"handshake: {dh-prime: xyz}", "'xyz' is not a row of octets"},
    };
    std::string const head =
        "{id: x, title: t, category: trust, client: refuses, rules: [CRT-01], source: RFC 5280 6.1, ";
    for (auto const& [member, what] : mistakes) {
        auto const read = read_case(parse_yaml(head + member + "}", "case.yaml").value(), SystemClock().now());
        ASSERT_FALSE(read) << member;
        EXPECT_EQ(read.error().what, what) << member;
    }
}

TEST(TlsCase, NamesAMemberThatIsMissing)
{
    auto const read = read_case(parse_yaml("{id: x}", "case.yaml").value(), SystemClock().now());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().what, "'title' is missing");
}

}  // namespace
}  // namespace keur::mocks::transport
