#include "protocol/x509/identity.h"
#include "protocol/x509/authority.h"
#include "protocol/x509/openssl.h"

#include <gtest/gtest.h>

namespace keur::x509::test {

namespace {

Certificate issued(CertificateRequest const& request)
{
    return make_self_signed(request).value().certificate;
}

}  // namespace

TEST(IdentityOfACertificate, IsItsSubjectAsRfc4514WritesIt)
{
    auto const now = SystemClock().now();
    auto const certificate = issued(client_request({{"C", "NL"}, {"O", "Gemeente Voorbeeld, Súd"}, {"CN", "a7"}}, now));
    EXPECT_EQ(subject_name(certificate), "CN=a7,O=Gemeente Voorbeeld\\, Súd,C=NL");
    EXPECT_EQ(issuer_name(certificate), subject_name(certificate));
    EXPECT_EQ(not_after(certificate), std::chrono::floor<std::chrono::seconds>(now) + std::chrono::days(730));
}

TEST(IdentityOfACertificate, EndsWithinWhatTimeCanHold)  // RFC 5280 §4.1.2.5: no well-defined end
{
    auto const certificate = issued(client_request({{"CN", "a7"}}, SystemClock().now()));
    ASSERT_EQ(ASN1_TIME_set_string(X509_getm_notAfter(certificate.handle()), "99991231235959Z"), 1);
    EXPECT_EQ(not_after(certificate), std::chrono::floor<std::chrono::seconds>(TimePoint::max()));
    ASSERT_EQ(ASN1_TIME_set_string(X509_getm_notAfter(certificate.handle()), "00010101000000Z"), 1);
    EXPECT_EQ(not_after(certificate), std::chrono::ceil<std::chrono::seconds>(TimePoint::min()));
}

TEST(IdentityOfACertificate, HasTheAlternativeNamesThatWerePutIn)
{
    using Kind = AlternativeName::Kind;
    auto request = client_request({{"CN", "a7"}}, SystemClock().now());
    EXPECT_TRUE(alternative_names(issued(request)).empty());
    request.names = {{Kind::dns, "a7.example"},       {Kind::ip, "192.0.2.7"},      {Kind::ip, "2001:db8::7"},
                     {Kind::email, "a7@example.org"}, {Kind::uri, "urn:example:7"}, {Kind::ip_octets, "abc"}};
    EXPECT_EQ(alternative_names(issued(request)), request.names);
}

TEST(IdentityOfACertificate, IsHashedAsRfc8705WantsIt)  // its appendix A
{
    constexpr auto pem = R"(-----BEGIN CERTIFICATE-----
MIIBBjCBrAIBAjAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARtdGxzMB4XDTE4MTAx
ODEyMzcwOVoXDTIyMDUwMjEyMzcwOVowDzENMAsGA1UEAwwEbXRsczBZMBMGByqG
SM49AgEGCCqGSM49AwEHA0IABNcnyxwqV6hY8QnhxxzFQ03C7HKW9OylMbnQZjjJ
/Au08/coZwxS7LfA4vOLS9WuneIXhbGGWvsDSb0tH6IxLm8wCgYIKoZIzj0EAwID
SQAwRgIhAP0RC1E+vwJD/D1AGHGzuri+hlV/PpQEKTWUVeORWz83AiEA5x2eXZOV
bUlJSGQgjwD5vaUaKlLR50Q2DmFfQj1L+SY=
-----END CERTIFICATE-----
)";
    EXPECT_EQ(thumbprint(Certificate::from_pem(pem).value()), "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0");
}

}  // namespace keur::x509::test
