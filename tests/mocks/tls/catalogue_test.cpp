#include "tests/mocks/tls/verifier.h"

#include "protocol/base/yaml.h"
#include "protocol/x509/authority.h"
#include "tests/places.h"

#include <gtest/gtest.h>

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

Error wrong(std::string_view text)
{
    return read_case(parse_yaml(text, "case.yaml").value(), SystemClock().now()).error();
}

TEST(TlsCase, NamesItsMistakes)
{
    std::string const head =
        "{id: x, title: t, category: trust, client: refuses, rules: [CRT-01], source: RFC 5280 6.1";
    EXPECT_EQ(wrong("{id: x}").what, "'title' is missing");
    EXPECT_EQ(wrong(head + ", chain: {leaf: {issuer: nobody}}}").what, "unknown issuer 'nobody'");
    EXPECT_EQ(wrong(head + ", chain: {leaf: {key: rsa-1}}}").what, "unknown kind of key 'rsa-1'");
    EXPECT_EQ(wrong(head + ", chain: {sent: [lost]}}").what, "unknown certificate 'lost'");
    EXPECT_EQ(wrong(head + ", chain: {leaf: {issuer: intermediate}, intermediate: {issuer: leaf}}}").what,
              "'intermediate' is issued by itself over others");
    EXPECT_EQ(wrong(head + ", handshake: {octets: \"0\", end: close}}").what, "'0' is not a row of octets");
    EXPECT_EQ(wrong(head + ", handshake: {text: hello}}").what, "these bytes are never sent");
    EXPECT_EQ(wrong(head + ", chain: {leaf: {names: localhost}}}").what, "the names are a list");
    EXPECT_EQ(wrong(head + ", chain: {leaf: {extensions: {name: x}}}}").what, "the extensions are a list");
    EXPECT_EQ(wrong(head + ", chain: {leaf: {key: p521, trick: key-not-held}}}").what,
              "only a p256 key can be shown by one who does not hold it");
    EXPECT_EQ(wrong(head + ", chain: {intermediates: 1000000}}").what, "1000000 is not from 0 to 1000");
    EXPECT_EQ(wrong(head + ", handshake: {alert: 256}}").what, "256 is not from 0 to 255");
    EXPECT_EQ(wrong(head + ", handshake: {dh-prime: xyz}}").what, "'xyz' is not a row of octets");
}

}  // namespace
}  // namespace keur::mocks::transport
