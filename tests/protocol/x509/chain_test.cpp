#include "protocol/x509/chain.h"

#include "protocol/x509/authority.h"

#include <gtest/gtest.h>

namespace keur::x509 {

namespace {

using std::chrono::days;

TimePoint const now{std::chrono::seconds(1'793'000'000)};

struct Family {
    Credentials root = make_authority(now).value();
    Credentials issuer = make_server(issuer_request(), root).value();
    Credentials leaf = make_server(leaf_request(), issuer).value();

    static CertificateRequest issuer_request()
    {
        auto request = authority_request(now);
        request.subject = {{"CN", "issuer"}};
        return request;
    }
    static CertificateRequest leaf_request()
    {
        auto request = server_request(now);
        request.subject = {{"serialNumber", "310000101"}, {"CN", "Eksempel \u00d8rret"}};
        return request;
    }
    [[nodiscard]] bool leads_to(Certificate const& anchor, std::vector<Certificate> const& between,
                                TimePoint at = now) const
    {
        return verify_chain(leaf.certificate, between, {&anchor, 1}, at).has_value();
    }
};

TEST(Chain, LeadsOverTheIntermediateToTheRootAndNowhereElse)
{
    Family const family;
    EXPECT_TRUE(family.leads_to(family.root.certificate, {family.issuer.certificate}));
    EXPECT_FALSE(family.leads_to(family.root.certificate, {})) << "the intermediate is missing";
    EXPECT_FALSE(family.leads_to(make_authority(now)->certificate, {family.issuer.certificate})) << "another root";
    EXPECT_FALSE(family.leads_to(family.root.certificate, {family.issuer.certificate}, now + days(3000)));
}

TEST(Chain, ReadsBackWhatACertificateSays)
{
    Family const family;
    auto const read = certificate_from_der(family.leaf.certificate.der()).value();
    EXPECT_EQ(read.pem(), family.leaf.certificate.pem());
    EXPECT_EQ(subject_field(read, "serialNumber"), "310000101");
    EXPECT_EQ(subject_field(read, "CN"), "Eksempel \u00d8rret");
    EXPECT_EQ(subject_field(read, "O"), "");
    EXPECT_TRUE(public_key_of(read)->matches(family.leaf.key));
    EXPECT_TRUE(is_valid_at(read, now));
    EXPECT_FALSE(is_valid_at(read, now - days(60)));
    EXPECT_FALSE(is_valid_at(read, now + days(3000)));
}

TEST(Chain, RefusesBytesThatAreNoCertificateOrMoreThanOne)
{
    Family const family;
    EXPECT_FALSE(certificate_from_der(""));
    EXPECT_FALSE(certificate_from_der("certificate"));
    EXPECT_FALSE(certificate_from_der(family.leaf.certificate.der() + "x"));
}

}  // namespace

}  // namespace keur::x509
