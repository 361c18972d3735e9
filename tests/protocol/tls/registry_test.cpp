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
