#include "protocol/tls/registry.h"

#include "protocol/tls/registry_rows.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace keur::tls {
namespace {

TEST(Registry, ShowsANumberWithItsName)
{
    EXPECT_EQ(in_words(Registry::suites, 0x1301), "TLS_AES_128_GCM_SHA256 (0x1301)");
    EXPECT_EQ(in_words(Registry::versions, 0x0303), "TLS 1.2 (0x0303)");
    EXPECT_EQ(in_words(Registry::groups, 0x001d), "x25519 (0x001D)");
    EXPECT_EQ(in_words(Registry::signature_algorithms, 0x0403), "ecdsa_secp256r1_sha256 (0x0403)");
    EXPECT_EQ(in_words(Registry::extensions, 23), "extended_master_secret (0x0017)");
}

TEST(Registry, SaysWhatItDoesNotKnow)
{
    EXPECT_EQ(name_of(Registry::groups, 0xbeef), "");
    EXPECT_EQ(in_words(Registry::groups, 0xbeef), "unknown (0xBEEF)");
}

TEST(Registry, KnowsValuesThatMeanNothing)  // RFC 8701 §2
{
    EXPECT_TRUE(is_grease(0x0a0a));
    EXPECT_TRUE(is_grease(0xfafa));
    EXPECT_FALSE(is_grease(0x0a1a));
    EXPECT_FALSE(is_grease(0x1301));
}

// What has no name here is `unknown` to rules and guidelines, and no row that bans it fits.
TEST(Registry, NamesEveryCurveAndTheSuitesOfEllipticCurvesWithoutAHole)
{
    for (std::uint16_t group = 0x0001; group <= 0x0029; ++group)
        EXPECT_NE(name_of(Registry::groups, group), "") << in_words(Registry::groups, group);
    for (std::uint16_t suite = 0xC001; suite <= 0xC0B5; ++suite)
        EXPECT_NE(name_of(Registry::suites, suite), "") << in_words(Registry::suites, suite);
    EXPECT_EQ(name_of(Registry::groups, 0x0005), "sect193r2");
    EXPECT_EQ(name_of(Registry::suites, 0xC04F), "TLS_ECDH_RSA_WITH_ARIA_256_CBC_SHA384");
    EXPECT_EQ(name_of(Registry::suites, 0xC071), "TLS_ECDHE_PSK_WITH_ARIA_256_CBC_SHA384");
    EXPECT_EQ(name_of(Registry::suites, 0xC093), "TLS_RSA_PSK_WITH_CAMELLIA_256_GCM_SHA384");
    EXPECT_EQ(name_of(Registry::suites, 0xC0B4), "TLS_SHA256_SHA256");
}

TEST(RegistryRows, AreSortedSoThatANumberIsFound)
{
    for (auto const rows :
         {version_rows(), suite_rows(), group_rows(), signature_rows(), extension_rows(), compression_rows()}) {
        EXPECT_TRUE(std::ranges::is_sorted(rows, {}, &Entry::number));
        EXPECT_EQ(std::ranges::adjacent_find(rows, {}, &Entry::number), rows.end());
    }
}

}  // namespace
}  // namespace keur::tls
